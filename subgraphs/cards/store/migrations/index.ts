import type { Migrations } from '../../../platform/database/index.ts';
import { register } from './0001-register.ts';
import { keysAndCopies } from './0002-keys-and-copies.ts';
import { figures } from './0006-figures.ts';
import { registerCore } from './0003-register-core.ts';
import { phones } from './0004-phones.ts';
import { privacy } from './0005-privacy.ts';
import { standingMonths } from './0007-standing-months.ts';

export const migrations: Migrations = {
  '0001_register': register,
  '0002_keys_and_copies': keysAndCopies,
  '0003_register_core': registerCore,
  '0004_phones': phones,
  '0005_privacy': privacy,
  '0006_figures': figures,
  '0007_standing_months': standingMonths,
};
