import { GraphQLError, OperationTypeNode, type ExecutionArgs } from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import { AppError, badInput } from '../errors.ts';
import { newId } from '../ids.ts';
import { eventStream } from './event-stream.ts';
import type { SubgraphEntries } from './http.ts';
import { connectionText, subscriptionText } from './signature.ts';

type Signed = Readonly<Record<string, unknown>>;

/** How graphql-ws serves a subgraph's subscriptions: every connection and every subscription is signed by a gateway. */
export function subscriptionProtocol(entries: SubgraphEntries): ServerOptions<Signed> {
  const { subgraph, verify, documents, mask, clock, logger } = entries;

  const prepare = (payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] => {
    const { query, operationName, extensions } = payload;
    const variables = payload.variables ?? {};
    const signed = (extensions ?? {}) as Signed;
    const viewer = verify(signed, subscriptionText({ query, operationName, variables }), clock.now());
    const requestId = signed['x-request-id'];
    const checked = documents.check(query, operationName);
    if ('errors' in checked) return checked.errors;
    const { document, operation } = checked;
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw badInput('Only subscriptions are served over WebSocket.');
    }
    return {
      schema: subgraph.schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      // Made anew for each event.
      contextValue: () => subgraph.context(viewer, typeof requestId === 'string' ? requestId : newId()),
    };
  };

  return {
    connectionInitWaitTimeout: 3_000,
    onConnect({ connectionParams }) {
      try {
        verify(connectionParams ?? {}, connectionText, clock.now());
        return true;
      } catch (error) {
        // graphql-ws closes the socket with 4403.
        if (error instanceof AppError) return false;
        throw error;
      }
    },
    onSubscribe(_context, _id, payload) {
      try {
        return prepare(payload);
      } catch (error) {
        const originalError = error instanceof Error ? error : new Error(String(error));
        return [new GraphQLError(originalError.message, { originalError })];
      }
    },
    subscribe({ contextValue, ...operation }) {
      return eventStream(operation, contextValue as () => object);
    },
    execute() {
      logger.error('an operation that is no subscription passed the check');
      throw new GraphQLError('Only subscriptions are served over WebSocket.');
    },
    onNext: (_context, _id, _payload, _args, { data = null, errors }) =>
      ({ data, ...(errors && { errors: errors.map(mask) }) }) as never,
    onError: (_context, _id, _payload, errors) => errors.map(mask),
  };
}
