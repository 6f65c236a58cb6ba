import { createSealer } from '../subgraphs/cards/service/secrets.ts';
import { runRetention } from '../subgraphs/cards/service/retention.ts';
import { migrations } from '../subgraphs/cards/store/migrations/index.ts';
import type { CardsTables } from '../subgraphs/cards/store/tables.ts';
import { systemClock } from '../subgraphs/platform/clock.ts';
import { migrate, openDatabase } from '../subgraphs/platform/database/index.ts';
import { localLive } from '../subgraphs/platform/live/index.ts';
import { ConfigError, readConfig } from './config.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';
import { requireSealingKeys } from '../subgraphs/sealing.ts';

// `npm run retention -- --dry-run`: what the nightly job would do; without --dry-run it does it. Runs beside a server too.

/** Prints the report as JSON: numbers by kind, and nobody's id. Ends with 1 when the read log is not whole. */
async function main(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => option !== '--dry-run');
  if (unknown.length > 0) throw new ConfigError('The only option is --dry-run.');
  const config = readConfig(process.env);
  const sealer = createSealer(requireSealingKeys(config.sealingKeys));
  await using database = await openDatabase<CardsTables>(databaseLocation(config), 'cards', localLive());
  await migrate(database, migrations);
  const report = await runRetention({ database, sealer, clock: systemClock }, options.includes('--dry-run'));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (report.readLog.brokenAt === null) return;
  process.stderr.write(`The read log is not what was chained, at position ${report.readLog.brokenAt}.\n`);
  process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
