import { Pool } from 'undici';
import type { Millis } from '../../subgraphs/platform/units.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** One POST, from its connection to the last byte of its answer, or an Error: a plain one, also for the timeout. */
export type Post = (
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: Millis,
) => Promise<HttpAnswer>;

/** The request did not come through: nothing was answered, not even a part. */
export class ConnectionFailed extends Error {}

const maxConnections = 64;
/** Requests that wait for a connection. What comes on top fails at once. */
const maxWaiting = 1_000;
const maxAnswerBytes = 20_000_000;
const keepAliveMs: Millis = 4_000;
const connectTimeoutMs: Millis = 1_000;

export interface HttpConnections {
  readonly post: Post;
  close(): Promise<void>;
}

/** Kept-alive connections to one address, so many and no more. */
export function httpConnections(url: URL): HttpConnections {
  const pool = new Pool(url.origin, {
    connections: maxConnections,
    pipelining: 1,
    // Shorter than a server keeps them (Node: 5 s), so that none is used that the other side is just closing.
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: maxAnswerBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = `${url.pathname}${url.search}`;

  const post: Post = async (body, headers, timeoutMs) => {
    if (pool.stats.queued >= maxWaiting) throw new Error('too many requests wait for it');
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`it did not answer in ${timeoutMs} ms`)), timeoutMs);
    try {
      const answer = await pool
        .request({ path, method: 'POST', headers, body, signal: late.signal })
        .catch((error: unknown) => {
          throw late.signal.aborted
            ? late.signal.reason
            : new ConnectionFailed(words(error), { cause: error });
        });
      return { status: answer.statusCode, text: await answer.body.text() };
    } finally {
      clearTimeout(timer);
    }
  };
  return { post, close: () => pool.destroy() };
}

function words(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `the connection failed${code && `: ${code}`}`;
}
