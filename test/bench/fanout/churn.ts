/** Clients that come and go: subscribe, read the first value, complete; one in a hundred tears its socket instead. */
import { WebSocket } from 'ws';
import { answerParent } from '../support/children.ts';
import { subscription } from './counters.ts';

export interface ChurnOrder {
  readonly url: string;
  readonly sockets: number;
  readonly operations: number;
}

/** Every so manieth operation kills its socket: 1 %. */
const killEvery = 100;
/** So many counters are watched in turn: feeds are shared, and also begin and end all the time. */
const counterCount = 400;

let operation = 0;
let values = 0;
let kills = 0;

/** Does operations on sockets of its own until there are none left to do. */
async function client(url: string, left: { count: number }): Promise<void> {
  let socket: WebSocket | undefined;
  while (left.count > 0) {
    left.count -= 1;
    operation += 1;
    const kill = operation % killEvery === 0;
    socket ??= await connected(url);
    const id = `op-${operation}`;
    const payload = { query: subscription, variables: { id: `c${operation % counterCount}` } };
    socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
    // Every second one that is killed dies before its first value.
    if (!kill || operation % (2 * killEvery) === 0) {
      await next(socket, id);
      values += 1;
    }
    if (kill) {
      kills += 1;
      socket.terminate();
      socket = undefined;
    } else {
      socket.send(JSON.stringify({ id, type: 'complete' }));
    }
  }
  if (socket) await closed(socket);
}

function connected(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    socket.once('error', reject);
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () => resolve(socket));
  });
}

/** Waits for the first value of this operation; a later value of an earlier one is no answer. */
function next(socket: WebSocket, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const listen = (data: Buffer): void => {
      const message = JSON.parse(String(data)) as { id?: string; type: string };
      if (message.type === 'ping') socket.send('{"type":"pong"}');
      if (message.id !== id) return;
      socket.off('message', listen).off('close', gone);
      if (message.type === 'next') resolve();
      else reject(new Error(String(data)));
    };
    const gone = (code: number): void => reject(new Error(`The gateway closed a socket with ${code}.`));
    socket.on('message', listen).once('close', gone);
  });
}

function closed(socket: WebSocket): Promise<unknown> {
  return new Promise((gone) => {
    socket.once('close', gone);
    socket.close();
  });
}

answerParent(async ({ url, sockets, operations }: ChurnOrder) => {
  const left = { count: operations };
  await Promise.all(Array.from({ length: sockets }, () => client(url, left)));
  return { values, kills };
});
