import type { ApolloServer } from '@apollo/server';
import type { Logger } from '../subgraphs/platform/logger.ts';
import type { ErrorMask } from '../subgraphs/platform/graphql/error-mask.ts';
import type { Viewer } from '../subgraphs/platform/viewer.ts';
import { createApollo } from './apollo.ts';
import { createFederation, type Federation } from './execution/federation.ts';
import type { Caller, Transport } from './execution/transport.ts';
import { budgetName, mayWriteOwnDocuments } from './identity/standing.ts';
import { createAdmission, type Admit } from './limits/admission.ts';
import { createCostOf } from './limits/cost/cost-of.ts';
import { Documents } from './limits/documents.ts';
import type { EntryLimits } from './limits/limits.ts';
import { operationRules } from './limits/rules.ts';
import type { Observer } from './observability/observer.ts';
import type { TrustedDocuments } from './trusted/trusted-documents.ts';

export interface RuntimeOptions {
  readonly transports: readonly Transport<Viewer>[];
  readonly production: boolean;
  readonly mask: ErrorMask;
  readonly logger: Logger;
  readonly entryLimits: EntryLimits;
  readonly trusted: TrustedDocuments;
  readonly observe: Observer;
}

/** Everything that depends on the supergraph: made anew, as a whole, when the supergraph is replaced. */
export interface Runtime {
  readonly federation: Federation<Viewer>;
  readonly documents: Documents;
  readonly apollo: ApolloServer<Caller<Viewer>>;
  readonly admit: Admit<Viewer>;
}

/** Throws when the supergraph names a subgraph that cannot be reached, or is not a supergraph. */
export async function createRuntime(supergraphSdl: string, options: RuntimeOptions): Promise<Runtime> {
  const { transports, production, mask, logger, entryLimits, trusted, observe } = options;
  const federation = createFederation<Viewer>({ supergraphSdl, transports, logger });
  const { apiSchema, fullSchema } = federation.supergraph;
  const rules = operationRules(fullSchema, !production);
  const admit = createAdmission<Viewer>({
    costOf: createCostOf(supergraphSdl, apiSchema),
    entryLimits,
    nameOf: budgetName,
    mayRun: (viewer, text) => !production || mayWriteOwnDocuments(viewer) || trusted.has(text),
  });
  const apollo = createApollo({ federation, rules, production, mask, logger, admit, trusted, observe });
  await apollo.start();
  return { federation, documents: new Documents(apiSchema, rules), apollo, admit };
}
