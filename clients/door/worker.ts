import { doorPage } from '../shared/offline/keep-page.ts';
import { serveKept } from '../shared/offline/page-worker.ts';

serveKept(doorPage);
