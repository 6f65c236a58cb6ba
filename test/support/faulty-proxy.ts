import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

/** What a server can do to whoever asks it. `slow` sends half of the true answer and never the rest, `hang` nothing at all. */
export const faults = ['500', 'reset', 'garbage', 'html', 'slow', 'hang', 'down'] as const;
export type Fault = (typeof faults)[number];

/** Stands in front of one HTTP server, WebSockets included, and fails in its place when a test says so. */
export interface FaultyProxy extends AsyncDisposable {
  /** Its own address, with the path of what is behind it. */
  readonly url: string;
  /** Requests that have come, whatever became of them. While it is down none can. */
  readonly seen: number;
  become(mode: Fault | 'ok'): Promise<void>;
  /** Resets every connection, as a router does that has forgotten them. New ones are taken. */
  cut(): void;
}

export async function faultyProxy(target: string): Promise<FaultyProxy> {
  const behind = new URL(target);
  const port = await freePort();
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let mode: Fault | 'ok' = 'ok';
  let seen = 0;

  const forward = (
    body: Buffer,
    request: IncomingMessage,
  ): Promise<{ from: IncomingMessage; text: Buffer }> =>
    new Promise((resolve, reject) => {
      const { url: path = '/', method, headers } = request;
      const forwarded = send({ agent, host: behind.hostname, port: behind.port, path, method, headers });
      forwarded.on('error', reject);
      forwarded.on('response', (from) => {
        bytes(from).then((text) => resolve({ from, text }), reject);
      });
      forwarded.end(body);
    });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bytes(request);
    seen += 1;
    switch (mode) {
      case 'ok':
      case 'slow': {
        const half = mode === 'slow';
        const { from, text } = await forward(body, request);
        response.writeHead(from.statusCode ?? 500, from.headers);
        if (half) response.write(text.subarray(0, text.length / 2));
        else response.end(text);
        break;
      }
      case '500':
        response.writeHead(500).end('{"errors":[{"message":"at /srv/app.js:1"}]}');
        break;
      case 'html':
        response.setHeader('content-type', 'text/html').end('<html>nginx at 10.0.0.7</html>');
        break;
      case 'garbage':
        response.end(Buffer.from([0, 159, 146, 150, 1, 2, 3]));
        break;
      case 'reset':
        request.socket.resetAndDestroy();
        break;
      case 'hang':
      case 'down':
        break;
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (mode !== 'ok') {
      socket.destroy();
      return;
    }
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let n = 0; n < request.rawHeaders.length; n += 2) {
      lines.push(`${request.rawHeaders[n]}: ${request.rawHeaders[n + 1]}`);
    }
    const upstream = connect(Number(behind.port), behind.hostname, () => {
      upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => undefined).on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  const listen = (): Promise<void> =>
    new Promise((listening) => server.listen(port, '127.0.0.1', () => listening()));
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed());
      cut();
    });

  await listen();
  return {
    url: `http://127.0.0.1:${port}${behind.pathname}`,
    get seen() {
      return seen;
    },
    async become(next) {
      const was = mode;
      mode = next;
      if (next === 'down' && was !== 'down') await close();
      if (next !== 'down' && was === 'down') await listen();
    },
    cut,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      if (server.listening) await close();
    },
  };
}

async function bytes(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
