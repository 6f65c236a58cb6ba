import type { ApolloServer } from '@apollo/server';
import {
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws';
import { newId } from '../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { ErrorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import type { Executor } from '../execution/executor.ts';
import { parseResult } from '../execution/text-result.ts';
import type { Caller } from '../execution/transport.ts';
import { devViewerOf } from '../identity/dev-viewer.ts';
import type { Identify } from '../identity/identity.ts';
import type { Admit } from '../limits/admission.ts';
import type { Documents } from '../limits/documents.ts';
import type { Observer } from '../observability/observer.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import { answerPrepared } from '../prepared.ts';
import type { FederatedSubscriptions, Opened } from '../subscriptions/federated-subscriptions.ts';
import { namedHash } from '../trusted/named-document.ts';
import type { TrustedDocuments } from '../trusted/trusted-documents.ts';
import { closeReason, closeCode } from './close.ts';
import type { Connection } from './connection.ts';
import { Mailbox, SubscriptionRefused } from './mailbox.ts';

export interface OperationsOptions {
  readonly apollo: () => ApolloServer<Caller<Viewer>>;
  readonly subscriptions: FederatedSubscriptions<Viewer>;
  readonly documents: () => Documents;
  readonly executor: () => Executor<Viewer>;
  readonly identify: Identify;
  /** The last check before an operation runs. */
  readonly admit: Admit<Viewer>;
  readonly trusted: TrustedDocuments;
  readonly observe: Observer;
  readonly mask: ErrorMask;
  /** A result was replaced by a newer one before a slow client could take it. */
  readonly dropped?: () => void;
}

/** One operation on its way through graphql-ws. */
interface Prepared {
  readonly id: string;
  readonly connection: Connection;
  readonly caller: Caller<Viewer>;
  readonly payload: SubscribePayload;
  /** Only for a subscription. */
  readonly opened?: Opened<Viewer>;
}

/** Hands an operation over once: graphql-ws keeps the arguments of a subscription for as long as it lasts. */
class Handover {
  #prepared: Prepared | undefined;

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  take(): Prepared {
    const prepared = this.#prepared;
    if (!prepared) throw new Error('An operation was handed over twice.');
    this.#prepared = undefined;
    return prepared;
  }
}

type Params = Record<string, unknown>;
const maxSubscriptions = 20;

/** How graphql-ws runs what comes in: queries and mutations like over HTTP, subscriptions as shared feeds. */
export function operations(options: OperationsOptions): ServerOptions<Params, Connection> {
  const { apollo, subscriptions, mask, identify, dropped } = options;
  const refused = (errors: readonly GraphQLError[]): readonly GraphQLError[] => {
    options.observe.answered({ kind: undefined, caller: { requestId: newId() }, result: { errors } });
    return errors;
  };
  return {
    connectionInitWaitTimeout: 3_000,
    onConnect({ connectionParams, extra }) {
      try {
        extra.viewer = viewerOf(extra, identify, devViewerOf(connectionParams) ?? extra.claimed);
        return true;
      } catch (error) {
        const { message, extensions } = mask(error);
        const code = String(extensions?.['code']);
        const badInput = code === 'BAD_INPUT';
        extra.close(
          badInput ? closeCode.badRequest : closeCode.forbidden,
          closeReason(`${code}: ${message}`),
        );
        return false;
      }
    },
    async onSubscribe(context, id, payload) {
      try {
        const answer = await prepare(options, context, id, payload);
        return 'schema' in answer ? answer : refused(answer);
      } catch (error) {
        return refused([
          error instanceof GraphQLError ? error : new GraphQLError(String(error), asOriginal(error)),
        ]);
      }
    },
    async execute(args) {
      const { caller, payload } = taken(args);
      const { query, variables, operationName } = payload;
      const known = await answerPrepared(options, {
        text: query,
        operationName: operationName ?? undefined,
        variables: variables ?? {},
        caller,
      });
      // Formatted here, as ApolloServer formats what goes its way.
      if (known) {
        const result = known.data === undefined ? known : parseResult(known);
        return { ...result, ...(known.errors && { errors: known.errors.map(mask) }) } as ExecutionResult;
      }
      const request = {
        query,
        ...(variables && { variables }),
        ...(operationName != null && { operationName }),
      };
      const { body } = await apollo().executeOperation(request, {
        contextValue: options.observe.begin(caller),
      });
      if (body.kind !== 'single') throw new Error('Incremental delivery is not supported.');
      return body.singleResult as ExecutionResult;
    },
    subscribe(args) {
      const { id, connection, caller, opened } = taken(args);
      if (!opened) throw new Error('A subscription was not prepared.');
      options.observe.answered({ kind: OperationTypeNode.SUBSCRIPTION, caller, result: { data: null } });
      return new Mailbox(id, connection, {
        everyEvent: opened.planned.everyEvent,
        dropped,
        join: (mailbox) => subscriptions.open(opened, mailbox),
      });
    },
    // Results are formatted already; without this graphql-ws would format them once more.
    onNext: (_context, _id, _payload, _args, result) => result as never,
    onError: (_context, _id, _payload, errors) =>
      errors
        .flatMap((error) => {
          const cause = (error as GraphQLError).originalError;
          return cause instanceof SubscriptionRefused ? cause.errors : [error];
        })
        .map(mask),
  };
}

/** Checks everything that can be checked before anything runs, so that a mistake ends the operation and not the socket. */
async function prepare(
  { documents, subscriptions, identify, admit, observe, trusted }: OperationsOptions,
  { extra: connection, subscriptions: open }: Context<Params, Connection>,
  id: string,
  sent: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const payload = written(sent, trusted);
  const { query } = payload;
  const checked = documents().check(query);
  if (checked.errors) return checked.errors;
  const { document } = checked;
  const operationName = payload.operationName ?? undefined;
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    return [failure('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name.')];
  }
  const claimed = devViewerOf(payload.extensions ?? undefined);
  const viewer = claimed === undefined ? connection.viewer : viewerOf(connection, identify, claimed);
  if (!viewer) throw new Error('An operation came before its connection was acknowledged.');
  const { address } = connection;
  const traceparent = readTraceparent(payload.extensions?.['traceparent']) ?? connection.traceparent;
  const asking = { viewer, requestId: newId(), address, traceparent };
  const args = (prepared: Prepared): ExecutionArgs =>
    ({
      schema: documents().schema,
      document,
      operationName,
      contextValue: new Handover(prepared),
    }) as ExecutionArgs;
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    return args({ id, connection, caller: asking, payload });

  if (Object.keys(open).length > maxSubscriptions) {
    const message = `A socket can have at most ${maxSubscriptions} subscriptions.`;
    return [failure('TOO_MANY_SUBSCRIPTIONS', message)];
  }
  admit({ text: query, document, operation, variables: payload.variables, caller: asking });
  const planned = subscriptions.prepare(query, document, operationName);
  const coerced = subscriptions.coerce(planned, payload.variables ?? {});
  if ('errors' in coerced) return coerced.errors;
  const caller = observe.begin(asking);
  const { variables } = coerced;
  return args({
    id,
    connection,
    caller,
    payload,
    opened: { planned, variables, viewer, traceparent: caller.traceparent },
  });
}

/** Who asks; the socket does not outlive what it was told. */
function viewerOf(connection: Connection, identify: Identify, claimed: unknown): Viewer {
  const { viewer, expiresAt } = identify(claimed);
  if (expiresAt !== undefined) connection.expireAt(expiresAt);
  return viewer;
}

/** The payload with the text that it names, when it names one instead of sending it: the protocol wants an empty text then. */
function written(payload: SubscribePayload, trusted: TrustedDocuments): SubscribePayload {
  const hash = payload.query === '' ? namedHash(payload.extensions) : undefined;
  if (hash === undefined) return payload;
  const query = trusted.byHash(hash);
  if (query === undefined) throw failure('PERSISTED_QUERY_NOT_FOUND', 'No document has this hash.');
  return { ...payload, query };
}

function taken({ contextValue }: ExecutionArgs): Prepared {
  return (contextValue as Handover).take();
}

function failure(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function asOriginal(error: unknown): { originalError?: Error } {
  return error instanceof Error ? { originalError: error } : {};
}
