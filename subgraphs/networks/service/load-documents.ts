import { system } from '../../platform/viewer.ts';
import type { Clock } from '../../platform/clock.ts';
import { readAreas } from '../documents/areas.ts';
import { readFigures } from '../documents/figures.ts';
import { readPartners } from '../documents/partners.ts';
import { readPolicyRules } from '../documents/rules.ts';
import type { NetworksDatabase } from '../store/database.ts';
import { recordFigures } from './record-figures.ts';
import { recordRules } from './record-rules.ts';
import { registerAreas } from './register-areas.ts';
import { registerPartners } from './register-partners.ts';

/** Loads the public documents through the use cases. Loading again changes nothing: every id is made of the printed words. */
export async function loadDocuments(database: NetworksDatabase, clock: Clock): Promise<void> {
  const at = clock.now().toISOString();
  await registerAreas(database, system, readAreas());
  await registerPartners(database, system, readPartners(), at);
  await recordRules(database, system, readPolicyRules(), at);
  await recordFigures(database, system, readFigures());
}
