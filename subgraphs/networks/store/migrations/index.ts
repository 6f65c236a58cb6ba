import type { Migrations } from '../../../platform/database/index.ts';
import { areas } from './0001-areas.ts';
import { partners } from './0002-partners.ts';
import { rulesAndFigures } from './0003-rules-and-figures.ts';

export const migrations: Migrations = {
  '0001_areas': areas,
  '0002_partners': partners,
  '0003_rules_and_figures': rulesAndFigures,
};
