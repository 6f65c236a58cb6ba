import { execute, OperationTypeNode, type ExecutionResult } from 'graphql';
import { fastify, type FastifyInstance } from 'fastify';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { ErrorMask } from '../graphql/error-mask.ts';
import { withInputCodes } from '../graphql/input-errors.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Subgraph } from '../subgraph.ts';
import type { Viewer } from '../viewer.ts';
import type { Documents } from './documents.ts';
import { refuseTooManyEntities } from './entity-limit.ts';
import type { Verifier } from './signature.ts';

export interface SubgraphEntries {
  readonly subgraph: Subgraph;
  readonly verify: Verifier;
  readonly documents: Documents;
  readonly mask: ErrorMask;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Until then, `/ready` and `/graphql` answer 503. */
  readonly isReady: () => boolean;
}

interface GraphQLRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxBodyBytes = 1_000_000;
const requestTimeoutMs = 10_000;

/** `POST /graphql` for signed requests, `GET /health` (it lives) and `GET /ready` (it has loaded) for the operator. */
export function createSubgraphApp(entries: SubgraphEntries): FastifyInstance {
  const { subgraph, verify, clock, mask, logger, isReady } = entries;
  const app = fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    // Node would take its own, longer time for the headers as that for the whole request, and look only every 30 s.
    http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: 2_000 },
  });
  app.removeAllContentTypeParsers();
  // The signature is over the bytes that came, so they are kept as they are.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: { statusCode?: number; code?: string }, _request, reply) => {
    const { status, shown } = refusal(error);
    if (status >= 500) logger.error({ err: error }, 'a subgraph request failed');
    void reply.code(status).send({ errors: [{ message: shown.message, extensions: { code: shown.code } }] });
  });
  app.get('/health', () => ({ status: 'ok', subgraph: subgraph.name }));
  app.get('/ready', async (_request, reply) => {
    const ready =
      isReady() &&
      (await subgraph.ping().then(
        () => true,
        () => false,
      ));
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', subgraph: subgraph.name });
  });
  app.post<{ Body: string }>('/graphql', async (request, reply) => {
    const viewer = verify(request.headers, request.body, clock.now());
    if (!isReady()) throw new AppError('LOADING', 'The subgraph is still loading.');
    const requestId = String(request.headers['x-request-id'] ?? newId());
    const { data, errors } = await answer(entries, readRequest(request.body), viewer, requestId);
    return reply
      .code(data === undefined ? 400 : 200)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ data, errors: errors?.map(mask) }));
  });
  return app;
}

async function answer(
  { subgraph, documents }: SubgraphEntries,
  { query, operationName, variables }: GraphQLRequest,
  viewer: Viewer,
  requestId: string,
): Promise<ExecutionResult> {
  const checked = documents.check(query, operationName);
  if ('errors' in checked) return checked;
  const { document, operation } = checked;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw badRequest('Subscriptions are served over WebSocket.');
  }
  refuseTooManyEntities(document, variables);
  const contextValue = subgraph.context(viewer, requestId);
  return withInputCodes(
    await execute({
      schema: subgraph.schema,
      document,
      operationName,
      variableValues: variables,
      contextValue,
    }),
  );
}

/** What was sent, or BAD_REQUEST. */
function readRequest(body: string): GraphQLRequest {
  let sent: unknown;
  try {
    sent = JSON.parse(body);
  } catch {
    throw badRequest('The body is not JSON.');
  }
  const { query, operationName, variables } = isRecord(sent) ? sent : {};
  const isWhole =
    typeof query === 'string' &&
    (typeof operationName === 'string' || operationName == null) &&
    (isRecord(variables) || variables == null);
  if (!isWhole) throw badRequest('The body has a query, and perhaps an operationName and variables.');
  return { query, operationName: operationName ?? null, variables: variables ?? {} };
}

const statusOf: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, LOADING: 503 };

function refusal(error: { statusCode?: number }): { readonly status: number; readonly shown: AppError } {
  if (error instanceof AppError) return { status: statusOf[error.code] ?? 400, shown: error };
  const status = error.statusCode ?? 500;
  return {
    status,
    shown: new AppError(status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR', 'Not served.'),
  };
}

function badRequest(message: string): AppError {
  return new AppError('BAD_REQUEST', message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
