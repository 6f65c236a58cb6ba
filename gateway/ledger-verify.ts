import { AppError } from '../subgraphs/platform/errors.ts';
import { migrate, openDatabase } from '../subgraphs/platform/database/index.ts';
import { localLive } from '../subgraphs/platform/live/index.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';
import { verifyEverything } from '../subgraphs/venues/service/verify-everything.ts';
import { migrations } from '../subgraphs/venues/store/migrations/index.ts';
import type { VenuesTables } from '../subgraphs/venues/store/tables.ts';
import { ConfigError, readConfig } from './config.ts';
import { readPart, saidOf } from './ledger-report.ts';

// `npm run ledger:verify`: recounts every ledger, those of a venue (`-- --venue <id>`) or one (`-- --performance <id>`).
// Ends with 0 when all are right, 1 when a single one is wrong, 2 when it could not be asked so. Runs beside a server too.

async function main(words: readonly string[]): Promise<void> {
  const part = readPart(words);
  const location = databaseLocation(readConfig(process.env));
  await using database = await openDatabase<VenuesTables>(location, 'venues', localLive());
  await migrate(database, migrations);
  const { lines, exitCode } = saidOf(await verifyEverything(database, part));
  for (const line of lines) (exitCode === 0 ? console.log : console.error)(line);
  process.exitCode = exitCode;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
