// Makes a clone ready to run: installs when node_modules is missing or was made from another lock file, builds when a
// source is newer than the last build. Plain JavaScript, because nothing is installed when it runs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.dirname(import.meta.dirname);
const at = (...parts) => path.join(root, ...parts);

const minimum = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
  console.error(`This needs Node.js ${minimum.join('.')} or newer; this is ${process.version}.`);
  process.exit(1);
}

/** Runs a program in the root folder; when it fails, so do we, with its own words on the screen. */
function run(what, command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (status === 0) return;
  console.error(`${what} failed${error ? `: ${error.message}` : ''}.`);
  process.exit(status ?? 1);
}

function npm(...args) {
  // Inside an npm script this is the very npm that runs it; elsewhere the one on the PATH.
  const self = process.env.npm_execpath;
  if (self?.endsWith('.js')) run(`npm ${args[0]}`, process.execPath, [self, ...args]);
  else run(`npm ${args[0]}`, 'npm', args, { shell: process.platform === 'win32' });
}

function install() {
  const stamp = at('node_modules', '.installed-from');
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing (once; about a minute where the database driver has to be compiled) …');
  npm('ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error');
  writeFileSync(stamp, lock);
}

/** The newest change below these files and folders, in ms since 1970. */
function newest(...entries) {
  let found = 0;
  for (const entry of entries) {
    const stats = statSync(entry, { throwIfNoEntry: false });
    if (!stats) continue;
    found = Math.max(found, stats.mtimeMs);
    if (stats.isDirectory())
      found = Math.max(found, newest(...readdirSync(entry).map((name) => path.join(entry, name))));
  }
  return found;
}

function build() {
  const stamp = at('dist', '.built');
  const sources = ['subgraphs', 'gateway', 'schema', 'clients', 'tsconfig.json', 'package-lock.json'].map(
    (name) => at(name),
  );
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newest(...sources)) return;
  console.log('Building …');
  rmSync(at('dist'), { recursive: true, force: true });
  mkdirSync(at('dist'));
  const node = (what, ...args) => run(what, process.execPath, args);
  node('Compiling', 'node_modules/typescript/bin/tsc', '-p', '.');
  node('Composing the supergraph', 'dist/schema/generate.js', '--check');
  node('Building the screens', 'clients/build.mjs');
  writeFileSync(stamp, '');
}

export function prepare() {
  install();
  build();
}

if (process.argv[1] === import.meta.filename) prepare();
