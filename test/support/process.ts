import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../subgraphs/platform/assets.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { freePort } from './free-port.ts';
import { environmentOf } from './product.ts';

/** The built product as a process of its own, which a test may kill and start again on the same port and data. */
export interface ProductProcess extends AsyncDisposable {
  readonly url: string;
  /** Starts it and waits for the first answered query. */
  start(): Promise<void>;
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>;
  /** SIGTERM: as an operator stops it. Gives the exit code. */
  stop(): Promise<number | null>;
}

export async function productProcess(location: DatabaseLocation): Promise<ProductProcess> {
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
      const main = path.join(packageRoot(), 'dist', 'gateway', 'main.js');
      const env = {
        PATH: process.env['PATH'],
        ...environmentOf(location),
        PORT: String(port),
        LOG_LEVEL: 'error',
      };
      const started = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
      child = started;
      while (!(await answers(url))) {
        if (started.exitCode !== null) throw new Error(`The product ended with ${started.exitCode}.`);
        await new Promise((resume) => setTimeout(resume, 25));
      }
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const query = JSON.stringify({ query: '{ __typename }' });
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: query }).then(
    ({ ok }) => ok,
    () => false,
  );
}
