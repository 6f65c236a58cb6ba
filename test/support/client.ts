import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A GraphQL client as a partner would write it: plain HTTP, with the development viewer. */
export function httpClient(url: string, viewer?: Viewer) {
  return async <Data>(query: string, variables: object = {}): Promise<Answer<Data>> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(viewer ? { 'x-dev-viewer': JSON.stringify(viewer) } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<Data>;
  };
}

export type Ask = ReturnType<typeof httpClient>;

/**
 * A display's connection: retries for ever, as the real one does. With several addresses it tries them in turn, as a load
 * balancer in front of them would.
 */
export function webSocketClient(...urls: readonly [string, ...string[]]): Client {
  let turn = 0;
  return createClient({
    url: () => `${(urls[turn++ % urls.length] ?? urls[0]).replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: Number.MAX_SAFE_INTEGER,
    shouldRetry: () => true,
    retryWait: () => new Promise((resume) => setTimeout(resume, 50)),
  });
}
