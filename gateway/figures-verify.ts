import { openDatabase } from '../subgraphs/platform/database/index.ts';
import { localLive } from '../subgraphs/platform/live/index.ts';
import { verifyFigures, type Difference } from '../subgraphs/cards/service/recount.ts';
import { repairFigures } from '../subgraphs/cards/service/repair-figures.ts';
import type { CardsTables } from '../subgraphs/cards/store/tables.ts';
import { readConfig } from './config.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';

// `npm run figures:verify`: recounts the figures of cards from their rows; ends with 1 when a single number is wrong.
// Runs beside a server too. With `-- --repair` it sets them right.
const location = databaseLocation(readConfig(process.env));
await using database = await openDatabase<CardsTables>(location, 'cards', localLive());

const say = ({ table, key, stored, recounted }: Difference): string =>
  `${table} ${key}: ${stored} stored, ${recounted} counted from the rows.`;

if (process.argv.includes('--repair')) {
  const repaired = await repairFigures(database);
  for (const difference of repaired) console.log(say(difference));
  console.log(`${repaired.length} differed before, and everything was set to what the rows say.`);
}
const { cards, numbers, differences } = await verifyFigures(database);
for (const difference of differences) console.error(say(difference));
const counted = `${numbers} numbers recounted from ${cards} cards, their history and their uses`;
if (differences.length === 0) {
  console.log(`${counted}: every figure is right.`);
} else {
  console.error(
    `${counted}: ${differences.length} differ. \`npm run figures:verify -- --repair\` sets them right.`,
  );
  process.exitCode = 1;
}
