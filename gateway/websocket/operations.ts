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
import type { Caller } from '../execution/transport.ts';
import { devViewerOf, readDevViewer } from '../identity/dev-viewer.ts';
import type { Documents } from '../limits/documents.ts';
import { refuseNul } from '../limits/nul.ts';
import type { FederatedSubscriptions, Opened } from '../subscriptions/federated-subscriptions.ts';
import { closeReason, closeCode } from './close.ts';
import { Mailbox, SubscriptionRefused, type SendFrame } from './mailbox.ts';

/** What belongs to one socket. */
export interface Connection {
  readonly send: SendFrame;
  readonly close: (code: number, reason: string) => void;
  /** What the upgrade request said about who asks. */
  readonly claimed: unknown;
  readonly mailboxes: Set<Mailbox>;
  viewer?: Viewer;
}

export interface OperationsOptions {
  readonly apollo: ApolloServer<Caller<Viewer>>;
  readonly subscriptions: FederatedSubscriptions<Viewer>;
  readonly documents: Documents;
  readonly production: boolean;
  readonly mask: ErrorMask;
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

type Params = Record<string, unknown>;
const maxSubscriptions = 20;

/** How graphql-ws runs what comes in: queries and mutations like over HTTP, subscriptions as shared feeds. */
export function operations(options: OperationsOptions): ServerOptions<Params, Connection> {
  const { apollo, subscriptions, mask, production } = options;
  return {
    connectionInitWaitTimeout: 3_000,
    onConnect({ connectionParams, extra }) {
      try {
        extra.viewer = readDevViewer(devViewerOf(connectionParams) ?? extra.claimed, production);
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
    onSubscribe(context, id, payload) {
      try {
        return prepare(options, context, id, payload);
      } catch (error) {
        return [error instanceof GraphQLError ? error : new GraphQLError(String(error), asOriginal(error))];
      }
    },
    async execute(args) {
      const { caller, payload } = preparedOf(args);
      const { query, variables, operationName } = payload;
      const request = {
        query,
        ...(variables && { variables }),
        ...(operationName != null && { operationName }),
      };
      const { body } = await apollo.executeOperation(request, { contextValue: caller });
      if (body.kind !== 'single') throw new Error('Incremental delivery is not supported.');
      return body.singleResult as ExecutionResult;
    },
    subscribe(args) {
      const { id, connection, opened } = preparedOf(args);
      if (!opened) throw new Error('A subscription was not prepared.');
      const { mailboxes, send } = connection;
      const mailbox: Mailbox = new Mailbox(id, send, (sink) => {
        mailboxes.add(mailbox);
        const leave = subscriptions.open(opened, sink);
        return () => {
          mailboxes.delete(mailbox);
          leave();
        };
      });
      return mailbox;
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
function prepare(
  { documents, subscriptions, production }: OperationsOptions,
  { extra: connection, subscriptions: open }: Context<Params, Connection>,
  id: string,
  payload: SubscribePayload,
): ExecutionArgs | readonly GraphQLError[] {
  const checked = documents.check(payload.query);
  if (checked.errors) return checked.errors;
  const { document } = checked;
  const operationName = payload.operationName ?? undefined;
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    return [failure('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name.')];
  }
  const claimed = devViewerOf(payload.extensions ?? undefined);
  const viewer = claimed === undefined ? connection.viewer : readDevViewer(claimed, production);
  if (!viewer) throw new Error('An operation came before its connection was acknowledged.');
  const caller = { viewer, requestId: newId() };
  const args = (prepared: Prepared): ExecutionArgs =>
    ({ schema: documents.schema, document, operationName, contextValue: prepared }) as ExecutionArgs;
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    return args({ id, connection, caller, payload });

  if (Object.keys(open).length > maxSubscriptions) {
    const message = `A socket can have at most ${maxSubscriptions} subscriptions.`;
    return [failure('TOO_MANY_SUBSCRIPTIONS', message)];
  }
  refuseNul(payload.variables);
  const planned = subscriptions.prepare(payload.query, document, operationName);
  const coerced = subscriptions.coerce(planned, payload.variables ?? {});
  if ('errors' in coerced) return coerced.errors;
  const { variables } = coerced;
  return args({ id, connection, caller, payload, opened: { planned, variables, viewer } });
}

function preparedOf({ contextValue }: ExecutionArgs): Prepared {
  return contextValue as Prepared;
}

function failure(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function asOriginal(error: unknown): { originalError?: Error } {
  return error instanceof Error ? { originalError: error } : {};
}
