import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** One WebSocket as a test sees it: what came, in order, and how it was closed. */
export class TestSocket {
  readonly received: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly ws: WebSocket;
  #wake: () => void = () => undefined;

  constructor(url: string, protocol = 'graphql-transport-ws', headers: Record<string, string> = {}) {
    this.ws = new WebSocket(url.replace(/^http/, 'ws'), protocol, { headers });
    this.ws.on('error', () => undefined);
    this.ws.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(String(data)) as Message);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    onTestFinished(() => this.ws.terminate());
  }

  /** Connected and acknowledged. */
  static async open(url: string, connectionParams?: Record<string, unknown>): Promise<TestSocket> {
    const socket = new TestSocket(`${url}/graphql`);
    await socket.connected();
    socket.send({ type: 'connection_init', ...(connectionParams && { payload: connectionParams }) });
    await socket.next('connection_ack');
    return socket;
  }

  async connected(): Promise<void> {
    await once(this.ws, 'open');
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, more: Record<string, unknown> = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, ...more } });
  }

  /** Takes the next message, which must be of this type and operation; fails after two seconds. */
  async next(type: string, id?: string): Promise<Message> {
    const deadline = AbortSignal.timeout(2_000);
    while (this.received.length === 0) {
      if (deadline.aborted) throw new Error(`No message came; expected ${type}.`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, 50);
      });
    }
    const message = this.received.shift() as Message;
    if (message.type !== type || (id !== undefined && message.id !== id)) {
      throw new Error(`Expected ${type} ${id ?? ''}, but got ${JSON.stringify(message)}`);
    }
    return message;
  }

  /** The data of the next result of this operation. */
  async data(id: string): Promise<unknown> {
    const { payload } = await this.next('next', id);
    return (payload as { data: unknown }).data;
  }
}

/** Waits until something is true; fails after two seconds. */
export async function until(what: () => boolean, ms = 2_000): Promise<void> {
  const end = Date.now() + ms;
  while (!what()) {
    if (Date.now() > end) throw new Error(`Not in ${ms} ms: ${what.toString()}`);
    await pauseMs(5);
  }
}

export function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
