/** The displays: one process that holds thousands of WebSockets and notes when each message came. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { answerParent } from '../support/children.ts';
import { percentile } from '../support/statistics.ts';
import { machineMs, subscription } from './counters.ts';

export type DisplayOrder =
  | { readonly do: 'connect'; readonly url: string; readonly displays: number }
  /** Answers when so many messages have come since the start. */
  | { readonly do: 'until'; readonly messages: number }
  | { readonly do: 'forget' }
  | { readonly do: 'latencies' }
  | { readonly do: 'close' };

export interface Latencies {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How many connect at the same time. */
const batch = 100;
const atMark = Buffer.from('"at":"');
const sockets: WebSocket[] = [];
let messages = 0;
let latencies: number[] = [];
let awaited: { readonly count: number; readonly reached: () => void } | undefined;

function received(data: Buffer): void {
  messages += 1;
  const start = data.indexOf(atMark) + atMark.length;
  latencies.push(machineMs() - Number(data.toString('latin1', start, data.indexOf(0x22, start))));
  if (awaited && messages >= awaited.count) awaited.reached();
}

/** Connects one display and waits for its first value. A display that is lost ends this process: nothing else would be true. */
function display(url: string): Promise<void> {
  return new Promise((showing) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    sockets.push(socket);
    const payload = { query: subscription, variables: { id: 'c0' } };
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () => {
      socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload }));
      socket.once('message', (first: Buffer) => {
        if (!String(first).includes('"type":"next"')) throw new Error(String(first));
        received(first);
        socket.on('message', received);
        showing();
      });
    });
    socket.on('close', (code, reason) => {
      throw new Error(`A display was closed: ${code} ${String(reason)}`);
    });
  });
}

async function connect(url: string, displays: number): Promise<void> {
  for (let made = 0; made < displays; made += batch) {
    const count = Math.min(batch, displays - made);
    await Promise.all(Array.from({ length: count }, () => display(url)));
  }
}

async function until(count: number): Promise<void> {
  if (messages >= count) return;
  await new Promise<void>((reached) => (awaited = { count, reached }));
  awaited = undefined;
}

async function close(): Promise<void> {
  const gone = sockets.splice(0).map(
    (socket) =>
      new Promise((closed) => {
        socket.removeAllListeners('close').once('close', closed);
        socket.close();
      }),
  );
  await Promise.all(gone);
}

answerParent(async (order: DisplayOrder) => {
  if (order.do === 'connect') await connect(order.url, order.displays);
  else if (order.do === 'until') await until(order.messages);
  else if (order.do === 'forget') latencies = [];
  else if (order.do === 'close') await close();
  else return { p50Ms: percentile(latencies, 50), p99Ms: percentile(latencies, 99) } satisfies Latencies;
  return {};
});
