import { createSealer, type Sealer } from '../subgraphs/cards/service/secrets.ts';
import type { CardsDatabase } from '../subgraphs/cards/store/database.ts';
import { migrations } from '../subgraphs/cards/store/migrations/index.ts';
import type { CardsTables } from '../subgraphs/cards/store/tables.ts';
import { systemClock, type Clock } from '../subgraphs/platform/clock.ts';
import { migrate, openDatabase } from '../subgraphs/platform/database/index.ts';
import { localLive } from '../subgraphs/platform/live/index.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';
import { requireSealingKeys } from '../subgraphs/sealing.ts';
import { ConfigError, readConfig } from './config.ts';

export interface CardsAtHand {
  readonly database: CardsDatabase;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/**
 * Runs a command on the register of cards, beside a server or without one. `check` looks at the words behind the command
 * first. A wrong word or setting is one sentence, and the process ends with 1.
 */
export async function runCardsCommand(
  check: (words: readonly string[]) => void,
  work: (cards: CardsAtHand, words: readonly string[]) => Promise<void>,
): Promise<void> {
  const words = process.argv.slice(2);
  try {
    check(words);
    const config = readConfig(process.env);
    const sealer = createSealer(requireSealingKeys(config.sealingKeys));
    await using database = await openDatabase<CardsTables>(databaseLocation(config), 'cards', localLive());
    await migrate(database, migrations);
    await work({ database, sealer, clock: systemClock }, words);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
