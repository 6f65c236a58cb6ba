import type { Migrations } from '../../../platform/database/index.ts';
import { venues } from './0001-venues.ts';
import { redemptions } from './0002-redemptions.ts';

export const migrations: Migrations = { '0001_venues': venues, '0002_redemptions': redemptions };
