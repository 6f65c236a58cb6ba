import { runRetention } from '../subgraphs/cards/service/retention.ts';
import { runCardsCommand } from './cards-command.ts';
import { ConfigError } from './config.ts';

// `npm run retention -- --dry-run`: what the nightly job would do; without --dry-run it does it. Runs beside a server too.
// Prints the report as JSON: numbers by kind, and nobody's id. Ends with 1 when the read log is not whole.

await runCardsCommand(
  (words) => {
    if (words.some((word) => word !== '--dry-run')) throw new ConfigError('The only option is --dry-run.');
  },
  async (cards, words) => {
    const report = await runRetention(cards, words.includes('--dry-run'));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    if (report.readLog.brokenAt === null) return;
    process.stderr.write(`The read log is not what was chained, at position ${report.readLog.brokenAt}.\n`);
    process.exitCode = 1;
  },
);
