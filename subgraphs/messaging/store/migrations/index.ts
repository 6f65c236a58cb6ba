import type { Migrations } from '../../../platform/database/index.ts';
import { threads } from './0001-threads.ts';
import { subjects } from './0002-subjects.ts';

export const migrations: Migrations = { '0001_threads': threads, '0002_subjects': subjects };
