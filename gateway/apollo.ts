import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, OperationTypeNode, type DocumentNode, type ValidationRule } from 'graphql';
import type { Logger } from '../subgraphs/platform/logger.ts';
import type { Viewer } from '../subgraphs/platform/viewer.ts';
import type { ErrorMask } from '../subgraphs/platform/graphql/error-mask.ts';
import { BoundedCache } from './execution/bounded-cache.ts';
import type { Federation } from './execution/federation.ts';
import type { Caller } from './execution/transport.ts';
import { jsonStatus } from './http/json-status.ts';
import type { Admit } from './limits/admission.ts';
import { maxKeptCharacters } from './limits/documents.ts';
import { limits } from './limits/limits.ts';
import type { Observer } from './observability/observer.ts';
import type { TrustedDocuments } from './trusted/trusted-documents.ts';

export interface ApolloOptions {
  readonly federation: Federation<Viewer>;
  readonly rules: readonly ValidationRule[];
  readonly production: boolean;
  readonly mask: ErrorMask;
  readonly logger: Logger;
  /** The last check before an operation runs. */
  readonly admit: Admit<Viewer>;
  /** Known by their hashes without having been registered. */
  readonly trusted: TrustedDocuments;
  readonly observe: Observer;
}

/** Characters of registered operations (automatic persisted queries) that are kept. */
const maxRegisteredCharacters = 1_000_000;

/** ApolloServer in front of the federation, with bounded memory and nothing that calls its vendor. */
export function createApollo(options: ApolloOptions): ApolloServer<Caller<Viewer>> {
  const { federation, rules, production, mask, logger, admit, trusted, observe } = options;
  return new ApolloServer<Caller<Viewer>>({
    gateway: federation.gateway,
    validationRules: [...rules],
    // Decided by our own rules, which hold for every entry alike.
    introspection: true,
    parseOptions: { maxTokens: limits.tokens },
    formatError: (_formatted, error) => mask(error),
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    nodeEnv: production ? 'production' : 'development',
    documentStore: keyValueCache<DocumentNode>(
      new BoundedCache(maxKeptCharacters, (document) => document.loc?.source.body.length ?? 1_000),
    ),
    cache: registered(trusted),
    logger: {
      debug: () => undefined,
      info: (message: unknown) => logger.debug(String(message)),
      warn: (message: unknown) => logger.warn(String(message)),
      error: (message: unknown) => logger.error(String(message)),
    },
    plugins: [
      observing(observe),
      runnable(admit),
      jsonStatus,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

const observing = (observe: Observer): ApolloServerPlugin<Caller<Viewer>> => ({
  async requestDidStart() {
    return {
      async willSendResponse({ operation, contextValue, response: { body } }) {
        if (body.kind !== 'single') return;
        observe.answered({ kind: operation?.operation, caller: contextValue, result: body.singleResult });
      },
    };
  },
});

/** What is wrong with the request and not with us: the stock gateway answers the last two with 500. */
const runnable = (admit: Admit<Viewer>): ApolloServerPlugin<Caller<Viewer>> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request, document, source, contextValue }) {
        if (operation === undefined) {
          throw refused('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name.');
        }
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw refused(
            'SUBSCRIPTION_OVER_HTTP',
            'Subscriptions are served over WebSocket (graphql-transport-ws) at this same address.',
          );
        }
        admit({
          text: source,
          document,
          operation,
          variables: request.variables,
          caller: contextValue,
        });
      },
    };
  },
});

function refused(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

/** Registered operations (automatic persisted queries), beside those that need no registration. */
function registered(trusted: TrustedDocuments): ReturnType<typeof keyValueCache<string>> {
  const cache = keyValueCache<string>(new BoundedCache(maxRegisteredCharacters, (text) => text.length));
  return {
    ...cache,
    get: async (key) => trusted.byHash(key.replace(/^apq:/, '')) ?? (await cache.get(key)),
  };
}

function keyValueCache<Value>(cache: BoundedCache<Value>) {
  return {
    get: async (key: string) => cache.get(key),
    set: async (key: string, value: Value) => cache.set(key, value),
    delete: async (key: string) => cache.delete(key),
  };
}
