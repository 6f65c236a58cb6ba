import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Logger } from '../../subgraphs/platform/logger.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';
import { rawAnswer } from '../http/client-errors.ts';
import { devViewerHeader } from '../identity/dev-viewer.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import { closeCode } from './close.ts';
import { Expiry } from './expiry.ts';
import { textFrame } from './frame.ts';
import { operations, type Connection, type OperationsOptions } from './operations.ts';
import { doorkeeper } from './upgrade.ts';
import { keepHeartbeat } from '../../subgraphs/platform/server/heartbeat.ts';

const path = '/graphql';
const maxMessageBytes = 64_000;
const standardPingMs = 12_000;
/** How long sockets have to close by themselves when the server stops. */
const farewellMs = 1_000;

export interface WebSockets {
  readonly size: number;
  /** Closes every socket with 1001, which tells clients to come back. */
  close(): Promise<void>;
}

export interface WebSocketOptions extends OperationsOptions {
  readonly logger: Logger;
  /** A socket that has not answered the last ping when the next is due is dead. 12 s unless a test is in a hurry. */
  readonly pingMs?: Millis;
  /** Where a request comes from, as a key to count by. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly socketsPerAddress: number;
}

/** `/graphql` over WebSocket, in the protocol graphql-transport-ws, on the same port as HTTP. */
export function serveWebSockets(http: Server, options: WebSocketOptions): WebSockets {
  const { pingMs = standardPingMs, logger, addressOf, socketsPerAddress } = options;
  const door = doorkeeper({ path, perAddress: socketsPerAddress, addressOf });
  const protocol = makeServer(operations(options));
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    // graphql-ws takes a few promises to forget an operation. A message that came in between, with the id of one that the
    // client has just completed, would be completed with it.
    allowSynchronousEvents: false,
  });
  const heartbeat = keepHeartbeat(sockets, pingMs);
  let closing = false;

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy());
    const refusal = door.refusal(request);
    if (refusal) {
      stream.end(rawAnswer(...refusal));
    } else if (closing) {
      stream.end(rawAnswer('503 Service Unavailable', 'STOPPING', 'The server is stopping.'));
    } else {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        socket.once('close', door.enter(request));
        accept(socket, stream, request, addressOf(request), protocol, logger);
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
      const gone = [...sockets.clients].map((socket) => farewell(socket));
      await Promise.all(gone);
      http.off('upgrade', upgrade);
      sockets.close();
    },
  };
}

/** Connects one socket with the protocol. */
function accept(
  socket: WebSocket,
  stream: Duplex,
  request: IncomingMessage,
  address: string,
  protocol: ReturnType<typeof makeServer<Record<string, unknown>, Connection>>,
  logger: Logger,
): void {
  const close = (code: number, reason?: string): void => socket.close(code, reason);
  const connection: Connection = {
    // Past `ws`, which would write the head of the frame by itself. It writes whole frames too, and nothing is compressed, so
    // the frames of both follow one another.
    send(head, payload, sent) {
      if (socket.readyState === socket.OPEN) stream.write(textFrame(head, payload), sent);
    },
    close,
    claimed: request.headers[devViewerHeader],
    address,
    traceparent: readTraceparent(request.headers['traceparent']),
    mailboxes: new Set(),
    expiry: new Expiry(() => close(closeCode.forbidden, 'EXPIRED: Connect again with a new login.')),
  };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
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
    connection,
  );
  // Oversized or malformed frames: ws closes the socket with the right code itself.
  socket.on('error', (error) => logger.debug({ err: error }, 'a WebSocket was broken'));
  socket.once('close', (code, reason) => {
    // Whatever the protocol still knows of: nothing may stay in a feed without a socket.
    for (const mailbox of connection.mailboxes) void mailbox.return();
    connection.expiry.stop();
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
    if (socket.readyState === socket.CLOSED) {
      clearTimeout(timer);
      gone();
    }
    socket.close(closeCode.goingAway, 'The server is stopping.');
  });
}
