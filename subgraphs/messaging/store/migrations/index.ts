import type { Migrations } from '../../../platform/database/index.ts';
import { threads } from './0001-threads.ts';

export const migrations: Migrations = { '0001_threads': threads };
