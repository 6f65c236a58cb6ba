/** The load: a process that holds connections and sends on each the next request as soon as the last is answered. */
import { connect, type Socket } from 'node:net';
import { answerParent } from '../support/children.ts';
import { percentile } from '../support/statistics.ts';

export interface LoadOrder {
  readonly url: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly ms: number;
}

export interface LoadResult {
  readonly requests: number;
  /** Answers whose status was not 200. */
  readonly failures: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

answerParent(async (order: LoadOrder): Promise<LoadResult> => {
  const { hostname, port, pathname } = new URL(order.url);
  // Written out once: what is sent costs no more than copying it.
  const requests = order.bodies.map((body) =>
    Buffer.from(
      `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: application/json\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const latencies: number[] = [];
  let failures = 0;
  let turn = 0;
  const begin = performance.now();
  const end = begin + order.ms;

  const client = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      let sentAt = 0;
      let received: Buffer = Buffer.alloc(0);
      const send = (): void => {
        sentAt = performance.now();
        if (sentAt >= end) {
          socket.destroy();
          resolve();
          return;
        }
        socket.write(requests[turn++ % requests.length] ?? '');
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('end', () => reject(new Error(`${order.url} closed a connection that should stay open.`)));
      socket.on('data', (part) => {
        received = received.length === 0 ? part : Buffer.concat([received, part]);
        if (!isWhole(received)) return;
        latencies.push(performance.now() - sentAt);
        // "HTTP/1.1 200": the status begins at the ninth byte.
        if (received.toString('latin1', 9, 12) !== '200') failures += 1;
        received = Buffer.alloc(0);
        send();
      });
    });
  await Promise.all(Array.from({ length: order.connections }, client));
  return {
    requests: latencies.length,
    failures,
    seconds: (performance.now() - begin) / 1_000,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
  };
});

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/** Whether a whole answer has come: by its length, or in chunks by the last. One answer at a time is on a connection. */
function isWhole(received: Buffer): boolean {
  const head = received.indexOf(headEnd);
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.toString('latin1', 0, head))?.[1];
  if (length !== undefined) return received.length >= head + headEnd.length + Number(length);
  return received.subarray(-lastChunk.length).equals(lastChunk);
}
