import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Logger } from '../logger.ts';
import type { Millis } from '../units.ts';
import { keepHeartbeat } from './heartbeat.ts';
import { carry, LiveSocket, type LineOptions } from './live-socket.ts';

export interface ProtocolSocketsOptions<Extra> {
  readonly protocol: ServerOptions<Record<string, unknown>, Extra>;
  /** The whole HTTP answer to a request that may not become a socket. */
  readonly refusal: (request: IncomingMessage, closing: boolean) => string | undefined;
  /** What belongs to a new socket. `stream` is what its frames are written to. */
  readonly extra: (socket: LiveSocket, stream: Duplex, request: IncomingMessage) => Extra;
  /** Called once for each, when its socket is gone. */
  readonly released?: (extra: Extra) => void;
  readonly maxMessageBytes: number;
  readonly pingMs: Millis;
  /** What clients are told when the server stops. */
  readonly farewell: string;
  readonly logger: Logger;
}

export interface ProtocolSockets {
  readonly size: number;
  /** Closes every socket with 1001: clients come back by themselves, to whoever then listens here. */
  close(): Promise<void>;
}

/** Going away (RFC 6455): a client comes back by itself. */
const goingAway = 1001;
/** How long sockets have to close by themselves when the server stops. */
const farewellMs: Millis = 1_000;

/** Sockets of the protocol graphql-transport-ws on the port of an HTTP server. */
export function serveProtocol<Extra>(http: Server, options: ProtocolSocketsOptions<Extra>): ProtocolSockets {
  const { refusal, extra, released, maxMessageBytes, pingMs, farewell, logger } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: LiveSocket,
    handleProtocols,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    // graphql-ws takes a few promises to forget an operation. A message that came in between, with the id of one that the
    // client has just completed, would be completed with it.
    allowSynchronousEvents: false,
  });
  const line: LineOptions<Extra> = {
    protocol: makeServer(options.protocol),
    logger,
    ...(released && { released }),
  };
  const stopHeartbeat = keepHeartbeat(sockets.clients, pingMs);
  let closing = false;

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const refused = refusal(request, closing);
    if (refused !== undefined) {
      stream.on('error', destroy);
      stream.end(refused);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) =>
      carry(socket, line, extra(socket, stream, request)),
    );
  };
  http.on('upgrade', upgrade);

  return {
    get size() {
      return sockets.clients.size;
    },
    async close() {
      closing = true;
      stopHeartbeat();
      await Promise.all([...sockets.clients].map((socket) => sayFarewell(socket, farewell)));
      http.off('upgrade', upgrade);
      sockets.close();
    },
  };
}

function destroy(this: Duplex): void {
  this.destroy();
}

function sayFarewell(socket: LiveSocket, reason: string): Promise<void> {
  return new Promise((gone) => {
    const timer = setTimeout(() => socket.terminate(), farewellMs);
    const left = (): void => {
      clearTimeout(timer);
      gone();
    };
    if (socket.readyState === socket.CLOSED) left();
    socket.once('close', left);
    socket.close(goingAway, reason);
  });
}
