import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Logger } from '../logger.ts';
import type { SubgraphEntries } from './http.ts';
import { subscriptionProtocol } from './subscriptions.ts';
import { keepHeartbeat } from './heartbeat.ts';

const path = '/graphql';
const maxMessageBytes = 1_000_000;
const pingMs = 12_000;
/** How long gateways have to close by themselves when the subgraph stops. */
const farewellMs = 1_000;
const closeCode = { goingAway: 1001, internalError: 4500 } as const;

export interface SubgraphSockets {
  readonly size: number;
  /** Closes every socket with 1001: gateways come back by themselves, to whoever then listens here. */
  close(): Promise<void>;
}

/** `/graphql` over WebSocket, in the protocol graphql-transport-ws, for signed subscriptions. */
export function serveSockets(http: Server, entries: SubgraphEntries): SubgraphSockets {
  const protocol = makeServer(subscriptionProtocol(entries));
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    allowSynchronousEvents: false,
  });
  const heartbeat = keepHeartbeat(sockets, pingMs);
  let closing = false;

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy());
    if (request.url !== path) stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    else if (closing || !entries.isReady()) {
      stream.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    } else {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        accept(socket, protocol, entries.logger);
        heartbeat.watch(socket);
      });
    }
  };
  http.on('upgrade', upgrade);

  return {
    get size() {
      return sockets.clients.size;
    },
    async close() {
      closing = true;
      heartbeat.stop();
      await Promise.all([...sockets.clients].map((socket) => farewell(socket)));
      http.off('upgrade', upgrade);
      sockets.close();
    },
  };
}

function accept(socket: WebSocket, protocol: ReturnType<typeof makeServer>, logger: Logger): void {
  const close = (code: number, reason?: string): void => socket.close(code, reason);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      // The next event is taken only when this one has left: a slow gateway gets newer values, not more of them.
      send: (data) => new Promise((sent) => socket.send(data, () => sent())),
      close,
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          handle(String(data)).catch((error: unknown) => {
            logger.error({ err: error }, 'a WebSocket message failed');
            close(closeCode.internalError, 'Internal error');
          });
        });
      },
    },
    {},
  );
  socket.on('error', (error) => logger.debug({ err: error }, 'a WebSocket was broken'));
  socket.once('close', (code, reason) => {
    closed(code, String(reason)).catch((error: unknown) => {
      logger.error({ err: error }, 'a WebSocket could not be released');
    });
  });
}

function farewell(socket: WebSocket): Promise<void> {
  return new Promise((gone) => {
    const timer = setTimeout(() => socket.terminate(), farewellMs);
    socket.once('close', () => {
      clearTimeout(timer);
      gone();
    });
    socket.close(closeCode.goingAway, 'The subgraph is stopping.');
  });
}
