import { openDatabase } from '../subgraphs/platform/database/index.ts';
import { localLive } from '../subgraphs/platform/live/index.ts';
import { verifyLedger } from '../subgraphs/venues/service/verify-ledger.ts';
import type { VenuesTables } from '../subgraphs/venues/store/tables.ts';
import { readConfig } from './config.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';

// `npm run ledger:verify`: recounts every performance; ends with 1 when a single one is wrong. Runs beside a server too.
const location = databaseLocation(readConfig(process.env));
await using database = await openDatabase<VenuesTables>(location, 'venues', localLive());
const { performances, entries, faults } = await verifyLedger(database);

for (const { performanceId, code, facts } of faults) {
  console.error(`${code} at performance ${performanceId}: ${JSON.stringify(facts)}`);
}
const counted = `${performances} performances recounted from ${entries} ledger entries and from their redemptions`;
if (faults.length === 0) {
  console.log(
    `${counted}: every counter is right, every chain whole, no performance ever went over its cap.`,
  );
} else {
  console.error(`${counted}: ${faults.length} faults.`);
  process.exitCode = 1;
}
