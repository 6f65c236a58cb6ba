import { Pool } from 'undici';
import type { Millis } from '../../subgraphs/platform/units.ts';
import { Deadlines } from './deadlines.ts';
import { Exchange, type HttpAnswer, type HttpRequest } from './exchange.ts';

const maxConnections = 64;
/** Requests that wait for a connection. What comes on top fails at once. */
const maxWaiting = 1_000;
const maxAnswerBytes = 20_000_000;
const keepAliveMs: Millis = 4_000;
const connectTimeoutMs: Millis = 1_000;

export interface HttpConnections {
  /** One POST with all its tries; rejects with a plain Error, also when it was late. */
  post(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Kept-alive connections to one address, so many and no more. `timeoutMs` is for a request with all its tries. */
export function httpConnections(url: URL, timeoutMs: Millis): HttpConnections {
  const pool = new Pool(url.origin, {
    connections: maxConnections,
    pipelining: 1,
    // Shorter than a server keeps them (Node: 5 s), so that none is used that the other side is just closing.
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: maxAnswerBytes,
    // One deadline holds for the whole exchange instead.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = `${url.pathname}${url.search}`;
  const deadlines = new Deadlines(timeoutMs);
  let running = 0;

  const send = (exchange: Exchange): void => {
    const { body, headers } = exchange.request;
    pool.dispatch({ path, method: 'POST', headers: headers(), body }, exchange);
  };

  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        if (running >= maxConnections + maxWaiting) throw new Error('too many requests wait for it');
        running += 1;
        const exchange = new Exchange(request, {
          send,
          late: `it did not answer in ${timeoutMs} ms`,
          ended(ended, outcome) {
            running -= 1;
            deadlines.end(ended);
            if (outcome instanceof Error) reject(outcome);
            else resolve(outcome);
          },
        });
        deadlines.begin(exchange);
        exchange.begin();
      }),
    async close() {
      await pool.destroy();
      deadlines.close();
    },
  };
}
