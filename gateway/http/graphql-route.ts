import type { IncomingMessage } from 'node:http';
import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { ErrorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import type { Caller } from '../execution/transport.ts';
import { devViewerHeader } from '../identity/dev-viewer.ts';
import type { Identify } from '../identity/identity.ts';
import type { Observer } from '../observability/observer.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import { sendError, sendErrors } from './answers.ts';
import { payloadOf } from './handed-over.ts';
import { readOnlyJson } from './media-types.ts';

export interface GraphqlRouteOptions {
  readonly apollo: () => ApolloServer<Caller<Viewer>>;
  readonly identify: Identify;
  readonly observe: Observer;
  readonly mask: ErrorMask;
  /** Where a request comes from, as a key to count by. */
  readonly addressOf: (request: IncomingMessage) => string;
}

/**
 * `/graphql` over HTTP. Written on ApolloServer's own interface, because the ready-made Fastify integration builds a URL
 * from the Host header, which throws for what a hostile client may send.
 */
export function graphqlRoute(app: FastifyInstance, options: GraphqlRouteOptions): void {
  graphqlEntry(app, '/graphql', (request, reply) => answer(request, reply, options));
}

export type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** An address for GraphQL, however it is answered. */
export function graphqlEntry(app: FastifyInstance, url: string, handler: Answer): void {
  void app.register(async (scope) => {
    readOnlyJson(scope);
    scope.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      onRequest: async (request, reply) => refuseEncoded(request, reply),
      preParsing: async ({ raw }, _reply, payload) => payloadOf(raw, payload),
      handler,
    });
  });
}

/** Only UTF-8 that is not compressed: a small body cannot become a large one. */
function refuseEncoded(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (request.method !== 'GET' && request.method !== 'POST') {
    void reply.header('allow', 'GET, POST');
    return sendError(reply, 405, 'METHOD_NOT_ALLOWED', 'Use GET or POST.');
  }
  const encoding = request.headers['content-encoding'];
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  const isPlain = encoding === undefined || encoding.toLowerCase() === 'identity';
  if (isPlain && (charset === undefined || /^utf-?8$/i.test(charset))) return undefined;
  return sendError(reply, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8, not compressed.');
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { apollo, identify, observe, mask, addressOf }: GraphqlRouteOptions,
): Promise<FastifyReply> {
  let viewer: Viewer;
  try {
    ({ viewer } = identify(request.headers[devViewerHeader]));
  } catch (error) {
    const formatted = mask(error);
    const status = formatted.extensions?.['code'] === 'BAD_INPUT' ? 400 : 403;
    return sendErrors(reply, status, [formatted]);
  }
  const caller = observe.begin({
    viewer,
    requestId: request.id,
    address: addressOf(request.raw),
    traceparent: readTraceparent(request.headers['traceparent']),
  });
  void reply.header('cache-control', 'no-store');
  return answerApollo(request, reply, apollo(), async () => caller);
}

/** The long way: everything that GraphQL over HTTP has, as ApolloServer does it. */
export async function answerApollo<Context extends BaseContext>(
  request: FastifyRequest,
  reply: FastifyReply,
  apollo: ApolloServer<Context>,
  context: () => Promise<Context>,
): Promise<FastifyReply> {
  const {
    status = 200,
    headers,
    body,
  } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: headerMap(request),
      search: searchOf(request.url),
      body: request.body,
    },
    context,
  });
  if (body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
  return reply.code(status).headers(Object.fromEntries(headers)).send(body.string);
}

function headerMap({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}
