import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from '../../subgraphs/platform/logger.ts';
import { serveProtocol, type ProtocolSockets } from '../../subgraphs/platform/server/protocol-sockets.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';
import { rawAnswer } from '../http/client-errors.ts';
import { starting } from '../http/starting.ts';
import { devViewerHeader } from '../identity/dev-viewer.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import { Connection } from './connection.ts';
import { operations, type OperationsOptions } from './operations.ts';
import { doorkeeper } from './upgrade.ts';

const path = '/graphql';
const maxMessageBytes = 64_000;
const standardPingMs = 12_000;

export interface WebSocketOptions extends OperationsOptions {
  readonly logger: Logger;
  /** A socket that has not answered the last ping when the next is due is dead. 12 s unless a test is in a hurry. */
  readonly pingMs?: Millis;
  /** Where a request comes from, as a key to count by. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly socketsPerAddress: number;
  /** Whether parts of this process still load. */
  readonly isStarting: () => boolean;
}

/** `/graphql` over WebSocket, in the protocol graphql-transport-ws, on the same port as HTTP. */
export function serveWebSockets(http: Server, options: WebSocketOptions): ProtocolSockets {
  const { pingMs = standardPingMs, logger, addressOf, socketsPerAddress, isStarting } = options;
  const door = doorkeeper({ path, perAddress: socketsPerAddress, addressOf });
  return serveProtocol<Connection>(http, {
    protocol: operations(options),
    refusal(request, closing) {
      const refusal = door.refusal(request);
      if (refusal) return rawAnswer(...refusal);
      if (!closing) return isStarting() ? rawAnswer(...starting) : undefined;
      return rawAnswer('503 Service Unavailable', 'STOPPING', 'The server is stopping.');
    },
    extra(socket, stream, request) {
      const address = addressOf(request);
      door.enter(address);
      return new Connection(socket, stream, {
        claimed: request.headers[devViewerHeader],
        address,
        traceparent: readTraceparent(request.headers['traceparent']),
      });
    },
    released(connection) {
      door.leave(connection.address);
      connection.release();
    },
    maxMessageBytes,
    pingMs,
    farewell: 'The server is stopping.',
    logger,
  });
}
