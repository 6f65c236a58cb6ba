import { createSealer } from '../subgraphs/cards/service/secrets.ts';
import { rotateSigningKey } from '../subgraphs/cards/service/signing.ts';
import { migrations } from '../subgraphs/cards/store/migrations/index.ts';
import type { CardsTables } from '../subgraphs/cards/store/tables.ts';
import { systemClock } from '../subgraphs/platform/clock.ts';
import { migrate, openDatabase } from '../subgraphs/platform/database/index.ts';
import { localLive } from '../subgraphs/platform/live/index.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';
import { requireSealingKeys } from '../subgraphs/sealing.ts';
import { ConfigError, readConfig } from './config.ts';

// `npm run key:rotate`: cards sign presentations with a new key from a little later on, when every door has heard of it. Tokens of
// the old key stay good for the rest of their life. Runs beside a server too.

async function main(options: readonly string[]): Promise<void> {
  if (options.length > 0) throw new ConfigError('There are no options.');
  const config = readConfig(process.env);
  const sealer = createSealer(requireSealingKeys(config.sealingKeys));
  await using database = await openDatabase<CardsTables>(databaseLocation(config), 'cards', localLive());
  await migrate(database, migrations);
  const { kid } = await rotateSigningKey(database, sealer, systemClock);
  process.stdout.write(`The key ${kid} is published, and signs soon.\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
