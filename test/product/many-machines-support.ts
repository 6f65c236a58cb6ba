import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { packageRoot } from '../../subgraphs/platform/assets.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { subgraphNames, type SubgraphName } from '../../subgraphs/platform/names.ts';
import { freePort } from '../support/free-port.ts';
import { environmentOf } from '../support/product.ts';

/** One process of the product: a gateway or a subgraph, on a port of its own that it keeps over restarts. */
export interface Machine extends AsyncDisposable {
  readonly url: string;
  /** Starts it and waits until it says that it is ready. */
  start(): Promise<void>;
  /** SIGTERM, as an operator stops it. Gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
}

export interface Machines extends AsyncDisposable {
  readonly subgraphs: Readonly<Record<SubgraphName, Machine>>;
  readonly gateways: readonly Machine[];
}

/**
 * All four subgraphs and so many gateways, each in a process of its own, all started at once. `between` may put something
 * between the gateways and a subgraph, and gives its address.
 */
export async function machines(
  location: DatabaseLocation,
  gatewayCount: number,
  between: (name: SubgraphName, url: string) => Promise<string> = async (_, url) => url,
): Promise<Machines> {
  const common = {
    PATH: process.env['PATH'],
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    SUBGRAPH_KEYS: `test:${randomBytes(32).toString('base64')}`,
  };
  const entries: [SubgraphName, Machine][] = [];
  const urls: Record<string, string> = {};
  for (const name of subgraphNames) {
    const env = { ...common, ...environmentOf(location) };
    const one = await machine(['subgraphs/run.js', name], env, '/ready');
    entries.push([name, one]);
    urls[`${name.toUpperCase()}_URL`] = await between(name, `${one.url}/graphql`);
  }
  const gateways = await Promise.all(
    // No database: a gateway in front of subgraphs has nothing to share.
    Array.from({ length: gatewayCount }, () =>
      machine(['gateway/main.js'], { ...common, ...urls }, '/health'),
    ),
  );
  const all = [...entries.map(([, one]) => one), ...gateways];
  const dispose = async (): Promise<void> => {
    await Promise.all(all.map((one) => one[Symbol.asyncDispose]()));
  };
  try {
    await Promise.all(all.map((one) => one.start()));
  } catch (error) {
    await dispose();
    throw error;
  }
  const subgraphs = Object.fromEntries(entries) as Record<SubgraphName, Machine>;
  return { subgraphs, gateways, [Symbol.asyncDispose]: dispose };
}

async function machine(
  [program = '', ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
  readyPath: string,
): Promise<Machine> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return ending?.exitCode ?? null;
    const exited = new Promise<number | null>((resume) => ending.once('exit', (code) => resume(code)));
    ending.kill(signal);
    return exited;
  };
  return {
    url,
    async start() {
      const file = path.join(packageRoot(), 'dist', program);
      const started = spawn(process.execPath, [file, ...args], {
        env: { ...environment, PORT: String(port) },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      child = started;
      while (!(await isOk(`${url}${readyPath}`))) {
        if (started.exitCode !== null) throw new Error(`${program} ended with ${started.exitCode}.`);
        await new Promise((resume) => setTimeout(resume, 25));
      }
    },
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

function isOk(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
