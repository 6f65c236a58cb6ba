import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../subgraphs/platform/assets.ts';
import { engines } from '../support/databases.ts';
import { environmentOf } from '../support/product.ts';

const built = (file: string): string => pathToFileURL(path.join(packageRoot(), 'dist', file)).href;

/** A process that opens the networks subgraph on an empty place, as a first start does, and says how many tables it finds. */
const program = `
  const { openDatabase, migrate } = await import('${built('subgraphs/platform/database/index.js')}');
  const { localLive } = await import('${built('subgraphs/platform/live/index.js')}');
  const { readConfig } = await import('${built('gateway/config.js')}');
  const { databaseLocation } = await import('${built('subgraphs/platform/settings/location.js')}');
  const { migrations } = await import('${built('subgraphs/networks/store/migrations/index.js')}');
  const database = await openDatabase(databaseLocation(readConfig(process.env)), 'networks', localLive());
  await migrate(database, migrations);
  const tables = await database.reader.introspection.getTables();
  await database.close();
  console.log(tables.length);
`;

function run(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resume) => child.on('exit', (code) => resume({ code, output: output.trim() })));
}

describe.each(engines)('a first start on $name', ({ location }) => {
  it('by three processes at once makes the tables once, and all three find them', async () => {
    const environment = environmentOf(await location());
    const answers = await Promise.all([1, 2, 3].map(() => run(environment)));
    const [first] = answers;
    expect(first?.code).toBe(0);
    expect(Number(first?.output)).toBeGreaterThan(10);
    for (const answer of answers) expect(answer).toEqual(first);
  });
});
