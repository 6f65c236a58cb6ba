import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../../subgraphs/platform/assets.ts';

export const peersFolder = path.join(packageRoot(), 'test', 'bench', 'peers');

/**
 * Installs a peers' folder from its lock file, unless that was done already. No install scripts: no peer needs one.
 * Returns why it is not possible, or undefined.
 */
export function installPeers(folder: string): string | undefined {
  const stamp = path.join(folder, 'node_modules', '.installed-from');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return undefined;
  console.error(`Installing ${path.relative(packageRoot(), folder)} (once; a minute or two) …`);
  const args = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status === 0) {
    writeFileSync(stamp, lock);
    return undefined;
  }
  const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `npm ci failed in ${folder}: ${why}`;
}
