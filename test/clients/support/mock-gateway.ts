import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join } from 'node:path';
import { execute, GraphQLError, parse, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { rootValue } from './mock-resolvers.ts';
import { mockSchema } from './mock-schema.ts';
import type { MockWorld } from './mock-world.ts';

/** What the real gateway must send as well. `wasm-unsafe-eval` is for the code reader of the door page. */
export const contentSecurityPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

const untrusted = new GraphQLError('Only known documents.', { extensions: { code: 'UNTRUSTED_DOCUMENT' } });

/** How the mock misbehaves. Each `lose…` counts down. */
export interface Faults {
  /** Answers that are lost after the work was done. */
  loseAnswers: number;
  /** Requests that are lost before anything was done. */
  loseRequests: number;
  demoCards: boolean;
  /** Like a gateway of a later build: it trusts none of this page's operations. */
  laterBuild: boolean;
  /** Like a gateway that has lost a subgraph: what it sends may no longer be true, and it says so. */
  stale: boolean;
}

export interface MockGateway {
  readonly url: string;
  readonly world: MockWorld;
  readonly faults: Faults;
  /** Cuts every connection and stops listening. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
  /** Like a stopped process: WebSockets stay open, old and new ones, but nothing is answered on them. */
  freeze(): void;
  thaw(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Serves built clients and a small in-memory graph on one port, under the strict policy of the real gateway. */
export async function startMockGateway(directory: string, world: MockWorld): Promise<MockGateway> {
  const faults: Faults = {
    loseAnswers: 0,
    loseRequests: 0,
    demoCards: true,
    laterBuild: false,
    stale: false,
  };
  const sockets = new Set<Socket>();
  const upgraded = new Set<Socket>();
  let frozen = false;
  let server = createServer();
  let live = new WebSocketServer({ noServer: true });
  let port = 0;

  const start = async () => {
    server = createServer((request, response) => void answer(request, response, directory, world, faults));
    live = new WebSocketServer({ noServer: true });
    useServer(
      {
        schema: mockSchema,
        roots: { subscription: rootValue(world) as never },
        execute,
        subscribe,
        validate,
        parse,
        onSubscribe: () => (faults.laterBuild ? [untrusted] : undefined),
        onNext: (_context, _id, _payload, _args, result) =>
          faults.stale ? { data: result.data ?? null, extensions: { stale: true } } : undefined,
      },
      live,
      60_000,
    );
    server.on('upgrade', (request, socket, head) => {
      upgraded.add(socket as Socket);
      if (!frozen)
        live.handleUpgrade(request, socket, head, (client) => live.emit('connection', client, request));
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const client of live.clients) client.terminate();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    faults,
    start,
    stop,
    freeze: () => {
      frozen = true;
      for (const socket of upgraded) socket.pause().removeAllListeners('data');
    },
    thaw: () => {
      frozen = false;
      for (const client of live.clients) client.terminate();
      for (const socket of upgraded) socket.destroy();
    },
    [Symbol.asyncDispose]: () => (server.listening ? stop() : Promise.resolve()),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  directory: string,
  world: MockWorld,
  faults: Faults,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://mock').pathname;
  response.setHeader('content-security-policy', contentSecurityPolicy);
  if (path === '/graphql') return graph(request, response, directory, world, faults);
  if (path === '/demo-cards.json' && faults.demoCards) {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify([
        { code: 'K7M4-TC9P-2HXR', purpose: { fi: 'Kaksi lasta', sv: 'Två barn', en: 'Two children' } },
        { code: 'E9PZ-2HMB-4D1S', purpose: { fi: 'Vanhentunut', sv: 'Utgånget', en: 'Expired' } },
      ]),
    );
    return;
  }
  const file =
    path === '/'
      ? 'home/index.html'
      : path === '/door'
        ? 'door/index.html'
        : path === '/door-worker.js'
          ? 'door/worker.js'
          : path.startsWith('/display/')
            ? 'display/index.html'
            : path;
  try {
    const body = await readFile(join(directory, file));
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

async function graph(
  request: IncomingMessage,
  response: ServerResponse,
  directory: string,
  world: MockWorld,
  faults: Faults,
): Promise<void> {
  if (faults.loseRequests > 0) {
    faults.loseRequests -= 1;
    request.socket.destroy();
    return;
  }
  if (faults.laterBuild) {
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [untrusted] }));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { extensions, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
    extensions: { persistedQuery: { sha256Hash: string } };
    variables: Record<string, unknown>;
  };
  const trusted = JSON.parse(await readFile(join(directory, 'trusted-documents.json'), 'utf8')) as Record<
    string,
    string
  >;
  const query = trusted[extensions.persistedQuery.sha256Hash] ?? '';
  world.viewers.push(String(request.headers['x-dev-viewer'] ?? ''));
  const document = parse(query);
  const errors = validate(mockSchema, document);
  const result =
    errors.length > 0
      ? { errors }
      : await execute({
          schema: mockSchema,
          document,
          rootValue: rootValue(world),
          variableValues: variables,
        });
  if (faults.loseAnswers > 0 && query.includes('mutation')) {
    faults.loseAnswers -= 1;
    request.socket.destroy();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(result));
}
