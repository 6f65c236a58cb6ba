import type { makeServer, WebSocket as ProtocolSocket } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Logger } from '../logger.ts';

/** Something went wrong here and not at the client (graphql-transport-ws). */
const internalError = 4500;

/** Who listens to a socket. */
interface Listener {
  received(data: Buffer): void;
  broken(error: Error): void;
  gone(code: number, reason: string): void;
}

/** A WebSocket that knows what it carries, so that thousands of them need no closure of their own. */
export class LiveSocket extends WebSocket {
  /** A ping is on its way that was not answered yet. */
  silent = false;
  listener: Listener | undefined;
}

export interface LineOptions<Extra> {
  readonly protocol: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>;
  readonly logger: Logger;
  /** Called once, when the socket is gone. */
  readonly released?: (extra: Extra) => void;
}

/** What `ws` and graphql-ws say to each other over one socket. */
class Line<Extra> implements ProtocolSocket, Listener {
  readonly #socket: LiveSocket;
  readonly #options: LineOptions<Extra>;
  readonly #extra: Extra;
  readonly #closed: (code: number, reason: string) => Promise<void>;
  #handle: ((data: string) => Promise<void>) | undefined;

  constructor(socket: LiveSocket, options: LineOptions<Extra>, extra: Extra) {
    this.#socket = socket;
    this.#options = options;
    this.#extra = extra;
    this.#closed = options.protocol.opened(this, extra);
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Waits until the text has left: whoever sends a stream takes its next event only then. */
  send(data: string): Promise<void> {
    return new Promise((sent) => this.#socket.send(data, () => sent()));
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  onMessage(handle: (data: string) => Promise<void>): void {
    this.#handle = handle;
  }

  received(data: Buffer): void {
    this.#handle?.(String(data)).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'a WebSocket message failed');
      this.close(internalError, 'Internal error');
    });
  }

  broken(error: Error): void {
    this.#options.logger.debug({ err: error }, 'a WebSocket was broken');
  }

  gone(code: number, reason: string): void {
    const { logger, released } = this.#options;
    released?.(this.#extra);
    this.#closed(code, reason).catch((error: unknown) => {
      logger.error({ err: error }, 'a WebSocket could not be released');
    });
  }
}

/** Lets the protocol speak over this socket until it is closed. */
export function carry<Extra>(socket: LiveSocket, options: LineOptions<Extra>, extra: Extra): void {
  socket.listener = new Line(socket, options, extra);
  socket.on('message', onMessage).on('pong', onPong).on('error', onError).on('close', onClose);
}

function onMessage(this: WebSocket, data: Buffer): void {
  (this as LiveSocket).listener?.received(data);
}

function onPong(this: WebSocket): void {
  (this as LiveSocket).silent = false;
}

/** Oversized or malformed frames: `ws` closes the socket with the right code itself. */
function onError(this: WebSocket, error: Error): void {
  (this as LiveSocket).listener?.broken(error);
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as LiveSocket).listener?.gone(code, String(reason));
}
