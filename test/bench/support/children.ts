import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

/** The core of what is measured, and the core of everything that serves or loads it. */
export const cores = { measured: 0, others: 1, both: '0,1' } as const;

export interface ChildOptions {
  /** One core, or a list as taskset takes it: `0,1`. */
  readonly core: number | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  readonly args?: readonly string[];
}

export interface Child extends AsyncDisposable {
  /** For what goes wrong: the file's name. */
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  readonly process: ChildProcess;
}

/** Starts a JavaScript file in a process of its own, pinned to its cores, in production mode, with a free port in PORT. */
export async function start(file: string, options: ChildOptions): Promise<Child> {
  const { core, env = {}, nodeFlags = [], args = [] } = options;
  const port = await freePort();
  const child = spawn(
    'taskset',
    ['-c', String(core), process.execPath, '--enable-source-maps', ...nodeFlags, file, ...args],
    {
      // As variables of the environment: set inside the program they would come too late for what it imports.
      env: {
        ...process.env,
        NODE_ENV: 'production',
        APOLLO_TELEMETRY_DISABLED: '1',
        LOG_LEVEL: 'error',
        PORT: String(port),
        ...env,
      },
      // What it prints goes to our stderr: on stdout is the report alone.
      stdio: ['ignore', 2, 'inherit', 'ipc'],
      serialization: 'advanced',
    },
  );
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`Could not start ${file}.`);
  return {
    name: path.basename(file),
    pid,
    port,
    process: child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Waits until a GraphQL server answers at this address. Throws when its process ends before, or after `withinMs`. */
export async function answering(child: Child, url: string, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (child.process.exitCode !== null)
      throw new Error(`${child.name} ended with ${child.process.exitCode}.`);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: '{"query":"{ __typename }"}',
      });
      await response.text();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`${child.name} did not answer at ${url} within ${withinMs} ms.`);
}

/** Sends a message and waits for the answer to it. The other side answers in the order in which it is asked. */
export async function ask<Answer>(child: Child, message: object): Promise<Answer> {
  const answer = new Promise<Answer>((resolve, reject) => {
    const ended = (): void => reject(new Error(`${child.name} ended while it was asked.`));
    child.process.once('exit', ended);
    child.process.once('message', (received) => {
      child.process.off('exit', ended);
      resolve(received as Answer);
    });
  });
  child.process.send(message);
  return answer;
}

/** In a child: answers what `ask` sends. An answer that fails ends the child, which the parent notices. */
export function answerParent(answer: (question: never) => Promise<unknown>): void {
  process.on('message', (question) => {
    void (async () => process.send?.(await answer(question as never)))();
  });
  // A child never outlives the bench, however that ended.
  process.on('disconnect', () => process.exit());
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
