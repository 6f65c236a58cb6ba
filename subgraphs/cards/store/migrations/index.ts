import type { Migrations } from '../../../platform/database/index.ts';
import { register } from './0001-register.ts';
import { keysAndCopies } from './0002-keys-and-copies.ts';

export const migrations: Migrations = {
  '0001_register': register,
  '0002_keys_and_copies': keysAndCopies,
};
