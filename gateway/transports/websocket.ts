import { createClient, type Client } from 'graphql-ws';
import { WebSocket, type ClientOptions } from 'ws';
import { connectionText, signRequest, subscriptionText } from '../../subgraphs/platform/server/signature.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';
import { anonymous, type Viewer } from '../../subgraphs/platform/viewer.ts';
import type { Transport } from '../execution/transport.ts';
import type { RemoteOptions } from './http.ts';
import { RemoteStream } from './remote-stream.ts';

export interface WebSocketTransport extends Pick<Transport<Viewer>, 'subscribe'> {
  close(): Promise<void>;
}

const connectTimeoutMs: Millis = 2_000;
const pingMs: Millis = 1_500;
/** Without an answer to a ping for so long the link is dead, whatever TCP says. */
const pongTimeoutMs: Millis = 2_000;
/**
 * How long a connection without subscriptions is kept, for one who leaves and another who comes. Short, because nothing ends
 * this time early: a process that stops waits for it, and its displays wait for the process.
 */
const idleMs: Millis = 300;
const maxMessageBytes = 20_000_000;

/**
 * Subscriptions of a subgraph in another process, all over one connection that is made with the first. A connection that
 * fails ends all its streams at once; whoever reads them comes back, and the first who does makes the next connection.
 */
export function webSocketTransport(options: RemoteOptions): WebSocketTransport {
  const { subgraph, keys, clock } = options;
  const client = connect(options);
  return {
    async subscribe(operation, caller) {
      const { text: query, name, variables } = operation;
      const { viewer, requestId, traceparent } = caller();
      const payload = { query, variables, ...(name !== undefined && { operationName: name }) };
      const signed = signRequest(keys, { subgraph, viewer, body: subscriptionText(payload) }, clock.now());
      const extensions = {
        ...signed,
        'x-request-id': requestId,
        ...(traceparent !== undefined && { traceparent }),
      };
      return new RemoteStream(subgraph, (sink) => client.subscribe({ ...payload, extensions }, sink));
    },
    close: async () => client.dispose(),
  };
}

function connect({ subgraph, url, keys, clock }: RemoteOptions): Client {
  let socket: WebSocket | undefined;
  let watchdog: NodeJS.Timeout | undefined;
  return createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: ImpatientSocket,
    lazyCloseTimeout: idleMs,
    connectionAckWaitTimeout: connectTimeoutMs,
    // Whoever reads the streams waits and comes back; two who do would wait twice.
    retryAttempts: 0,
    // A function: every connection is signed anew.
    connectionParams: () => ({
      ...signRequest(keys, { subgraph, viewer: anonymous, body: connectionText }, clock.now()),
    }),
    keepAlive: pingMs,
    on: {
      opened: (opened) => (socket = opened as WebSocket),
      ping: (received) => {
        const asked = socket;
        if (received || !asked) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => asked.terminate(), pongTimeoutMs);
      },
      pong: (received) => {
        if (received) clearTimeout(watchdog);
      },
      closed: () => clearTimeout(watchdog),
    },
  });
}

/** A WebSocket that gives up connecting after a while, and that takes no message without end. */
class ImpatientSocket extends WebSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    const options: ClientOptions = {
      handshakeTimeout: connectTimeoutMs,
      maxPayload: maxMessageBytes,
      perMessageDeflate: false,
    };
    super(address, protocols, options);
  }
}
