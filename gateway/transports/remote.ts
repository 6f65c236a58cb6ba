import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { Transport } from '../execution/transport.ts';
import type { BreakerState } from './breaker.ts';
import { httpTransport, type RemoteOptions } from './http.ts';
import { webSocketTransport } from './websocket.ts';

export interface RemoteSubgraph extends Transport<Viewer> {
  /** Whether requests are sent, held back, or tried one at a time. */
  readonly breaker: BreakerState;
  /** Lets go of every connection. What still runs fails. */
  close(): Promise<void>;
}

/** A subgraph in another process: queries and mutations over HTTP, subscriptions over one WebSocket. Connects when used. */
export function remoteSubgraph(options: RemoteOptions): RemoteSubgraph {
  const http = httpTransport(options);
  const webSocket = webSocketTransport(options);
  return {
    subgraph: options.subgraph,
    execute: (operation, caller) => http.execute(operation, caller),
    subscribe: (operation, caller) => webSocket.subscribe(operation, caller),
    get breaker() {
      return http.breaker.state;
    },
    async close() {
      await Promise.all([http.close(), webSocket.close()]);
    },
  };
}
