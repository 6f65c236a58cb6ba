import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('../../../clients/build.mjs', import.meta.url));

/** Builds the clients into a directory of its own. In a process of its own too: Vite reads NODE_ENV, which is 'test' here. */
export async function buildForTest(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'culture-card-clients-'));
  await promisify(execFile)(process.execPath, [script, directory]);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
