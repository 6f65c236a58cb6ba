// npm start: makes the clone ready, then runs the gateway in this same process.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare();
await import(pathToFileURL(path.join(root, 'dist', 'gateway', 'main.js')).href);
