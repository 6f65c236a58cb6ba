import { ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { fastify } from 'fastify';
import { AppError } from '../errors.ts';
import { errorMask } from '../graphql/error-mask.ts';
import { newId } from '../ids.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Subgraph } from '../subgraph.ts';
import type { SigningKey } from './keys.ts';
import { createVerifier } from './signature.ts';

export interface SubgraphServerOptions {
  readonly subgraph: Subgraph;
  /** Without a key nothing is answered: a subgraph never trusts an unsigned request. */
  readonly keys: readonly SigningKey[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly host?: string;
  readonly port?: number;
}

export interface SubgraphServer {
  readonly url: string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const maxBodyBytes = 1_000_000;
const requestTimeoutMs = 10_000;
const maxTokens = 10_000;

/** Serves one subgraph over HTTP for its gateways: `POST /graphql`, signed; `GET /health` for the operator. */
export async function serveSubgraph(options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { subgraph, keys, clock, logger, host = '127.0.0.1', port = 0 } = options;
  const verify = createVerifier(keys, subgraph.name);
  const mask = errorMask({ logger, hideSuggestions: true });
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens },
    formatError: (_formatted, error) => mask(error),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message) => logger.error(message),
    },
  });
  await apollo.start();

  const app = fastify({ bodyLimit: maxBodyBytes, requestTimeout: requestTimeoutMs });
  app.removeAllContentTypeParsers();
  // The signature is over the bytes that came, so they are kept as they are.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: { statusCode?: number; code?: string }, _request, reply) => {
    const status = error instanceof AppError ? 401 : (error.statusCode ?? 500);
    const shown =
      error instanceof AppError
        ? error
        : new AppError(status < 500 ? 'BAD_REQUEST' : 'INTERNAL', 'Not served.');
    if (status >= 500) logger.error({ err: error }, 'a subgraph request failed');
    void reply.code(status).send({ errors: [{ message: shown.message, extensions: { code: shown.code } }] });
  });
  app.get('/health', () => ({ status: 'ok', subgraph: subgraph.name }));
  app.post<{ Body: string }>('/graphql', async (request, reply) => {
    const viewer = verify(request.headers, request.body, clock.now());
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: toGraphQLRequest(request.body),
      context: async () => subgraph.context(viewer, String(request.headers['x-request-id'] ?? newId())),
    });
    const body = answer.body.kind === 'complete' ? answer.body.string : '';
    return reply
      .code(answer.status ?? 200)
      .headers(Object.fromEntries(answer.headers))
      .send(body);
  });
  const url = await app.listen({ host, port });

  const close = async (): Promise<void> => {
    await app.close();
    await apollo.stop();
  };
  return { url: `${url}/graphql`, close, [Symbol.asyncDispose]: close };
}

function toGraphQLRequest(body: string): HTTPGraphQLRequest {
  return {
    method: 'POST',
    headers: new HeaderMap([['content-type', 'application/json']]),
    search: '',
    body: parseJson(body),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
