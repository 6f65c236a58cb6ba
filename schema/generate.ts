import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../subgraphs/platform/assets.ts';
import { makeSnapshots } from './snapshots.ts';

// `npm run schema` writes the snapshots; with --check it only says which of them the code would write otherwise.
const folder = path.join(packageRoot(), 'schema');
const checking = process.argv.includes('--check');
const changed = Object.entries(makeSnapshots()).filter(([file, text]) => current(file) !== text);

for (const [file, text] of changed) {
  if (!checking) writeFileSync(path.join(folder, file), text);
  console.log(`schema/${file} ${checking ? 'does not match the code' : 'written'}`);
}
if (checking && changed.length > 0) {
  console.error('Run "npm run schema", look at the difference and commit it.');
  process.exitCode = 1;
}

function current(file: string): string | undefined {
  try {
    return readFileSync(path.join(folder, file), 'utf8');
  } catch {
    return undefined;
  }
}
