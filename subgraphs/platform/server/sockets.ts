import type { Server } from 'node:http';
import type { SubgraphEntries } from './http.ts';
import { serveProtocol, type ProtocolSockets } from './protocol-sockets.ts';
import { subscriptionProtocol } from './subscriptions.ts';

const path = '/graphql';
const maxMessageBytes = 1_000_000;
const pingMs = 12_000;

const notFound = 'HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n';
const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n';

/** `/graphql` over WebSocket, in the protocol graphql-transport-ws, for signed subscriptions. */
export function serveSockets(http: Server, entries: SubgraphEntries): ProtocolSockets {
  return serveProtocol(http, {
    protocol: subscriptionProtocol(entries),
    refusal: ({ url }, closing) => {
      if (url !== path) return notFound;
      return closing || !entries.isReady() ? unavailable : undefined;
    },
    extra: () => ({}),
    maxMessageBytes,
    pingMs,
    farewell: 'The subgraph is stopping.',
    logger: entries.logger,
  });
}
