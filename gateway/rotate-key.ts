import { rotateSigningKey } from '../subgraphs/cards/service/signing.ts';
import { runCardsCommand } from './cards-command.ts';
import { ConfigError } from './config.ts';

// `npm run key:rotate`: cards sign presentations with a new key from a little later on, when every door has heard of it. Tokens of
// the old key stay good for the rest of their life. Runs beside a server too.

await runCardsCommand(
  (words) => {
    if (words.length > 0) throw new ConfigError('There are no options.');
  },
  async ({ database, sealer, clock }) => {
    const { kid } = await rotateSigningKey(database, sealer, clock);
    process.stdout.write(`The key ${kid} is published, and signs soon.\n`);
  },
);
