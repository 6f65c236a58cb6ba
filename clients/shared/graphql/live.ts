import { createClient } from 'graphql-ws';
import { noteCode, noteData } from '../old-page/index.ts';
import { backOffMs, wait } from '../retry.ts';
import type { Operation } from './operation.ts';

export interface LiveListener<Result> {
  /** A full, fresh answer. The first one after a gap is the snapshot. */
  news(result: Result): void;
  /** The server was heard: what it last said still holds. */
  alive(): void;
  /** Nothing can be trusted to be fresh until the next `news`. */
  lost(): void;
}

export interface LiveFeed {
  /** Asks for a new snapshot. */
  refresh(): void;
  stop(): void;
}

const pingEveryMs = 10_000;
const pongWithinMs = 5_000;
const connectWithinMs = 10_000;

/** Keeps one subscription going for ever: over lost networks, dead links, restarts, errors and completes. */
export function watch<Variables, Result>(
  operation: Operation<Variables, Result>,
  variables: Variables,
  listener: LiveListener<Result>,
): LiveFeed {
  let stopped = false;
  let failures = 0;
  let heard = false;
  let release: () => void = () => undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const within = (ms: number) => {
    clearTimeout(deadline);
    deadline = setTimeout(() => client.terminate(), ms);
  };
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => wait(backOffMs(retries, Math.random())),
    connectionAckWaitTimeout: connectWithinMs,
    // graphql-ws only sends the pings: noticing that no pong comes is left to us.
    keepAlive: pingEveryMs,
    on: {
      connecting: () => within(connectWithinMs),
      connected: () => clearTimeout(deadline),
      ping: (received) => {
        if (!received) within(pongWithinMs);
      },
      pong: (received) => {
        if (!received) return;
        clearTimeout(deadline);
        listener.alive();
      },
      closed: () => {
        clearTimeout(deadline);
        if (!stopped) listener.lost();
      },
    },
  });

  const again = () => {
    if (stopped) return;
    listener.lost();
    void wait(backOffMs(failures++, Math.random())).then(subscribe);
  };
  const subscribe = () => {
    if (stopped) return;
    let over = false;
    const unsubscribe = client.subscribe<Result, { readonly stale?: boolean }>(
      { query: operation.document, variables: variables as Record<string, unknown> },
      {
        next: ({ data, errors, extensions }) => {
          if (over) return;
          noteCode(operation, codeIn(errors));
          if (errors || data === undefined || data === null) return listener.lost();
          failures = 0;
          noteData(operation);
          // The server itself has lost what tells it: what it repeats is news only to who has nothing yet.
          const isStale = extensions?.stale === true;
          if (!isStale || !heard) listener.news(data);
          heard = true;
          if (isStale) listener.lost();
        },
        error: (cause) => {
          noteCode(operation, codeIn(cause));
          if (!over) again();
          over = true;
        },
        // An endless feed that ends was cut off.
        complete: () => {
          if (!over) again();
          over = true;
        },
      },
    );
    release = () => {
      over = true;
      unsubscribe();
    };
  };
  subscribe();

  return {
    refresh: () => {
      const former = release;
      subscribe();
      former();
    },
    stop: () => {
      stopped = true;
      clearTimeout(deadline);
      release();
      void client.dispose();
    },
  };
}

/** The code of the first error, when it is a list of GraphQL errors; a socket ends with other things. */
function codeIn(cause: unknown): string | undefined {
  const first: unknown = Array.isArray(cause) ? cause[0] : undefined;
  return (first as { readonly extensions?: { readonly code?: string } } | undefined)?.extensions?.code;
}
