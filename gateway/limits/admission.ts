import { GraphQLError, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import type { Caller } from '../execution/transport.ts';
import { Budgets } from './budgets.ts';
import type { CostOf } from './cost/cost-of.ts';
import { limits, type EntryLimits } from './limits.ts';
import { checkVariables } from './variables.ts';

/** A valid operation that is about to run. */
export interface Asked<V> {
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly caller: Caller<V>;
}

export interface AdmissionOptions<V> {
  readonly costOf: CostOf;
  readonly entryLimits: EntryLimits;
  /** The name under which a viewer's budget is kept; undefined for one without a name, who shares that of its address. */
  readonly nameOf: (viewer: V) => string | undefined;
  /** Whether this viewer may run this text at all. */
  readonly mayRun: (viewer: V, text: string) => boolean;
}

/** Returns when the operation may run; otherwise throws a GraphQLError that has a code. */
export type Admit<V> = (asked: Asked<V>) => void;

/** The last check before an operation is planned and run: the same on every entry. */
export function createAdmission<V>(options: AdmissionOptions<V>): Admit<V> {
  const { costOf, nameOf, mayRun, entryLimits } = options;
  const seconds = entryLimits.budgetSeconds;
  const addresses = new Budgets({ seconds, cost: entryLimits.addressBudget });
  const viewers = new Budgets({ seconds, cost: entryLimits.viewerBudget });

  return ({ text, document, operation, variables, caller }) => {
    const { viewer, address = 'unknown' } = caller;
    if (!mayRun(viewer, text)) throw untrusted();
    checkVariables(variables);
    const cost = costOf(document, operation, variables ?? undefined);
    if (cost > limits.cost) throw tooExpensive(cost);
    const name = nameOf(viewer);
    // Also what costs nothing is a request.
    if (name === undefined) addresses.spend(address, cost + 1);
    else viewers.spend(name, cost + 1);
  };
}

function untrusted(): GraphQLError {
  const message = 'Only the documents of the screens and of the published queries may be run without a key.';
  return new GraphQLError(message, { extensions: { code: 'UNTRUSTED_DOCUMENT', http: { status: 403 } } });
}

function tooExpensive(cost: number): GraphQLError {
  const counted = Number.isFinite(cost) ? cost : 'too much to be counted';
  return new GraphQLError(
    `The operation costs ${counted}; at most ${limits.cost} is allowed. Ask for shorter pages, or for less in each item.`,
    {
      extensions: {
        code: 'OPERATION_TOO_EXPENSIVE',
        facts: { cost: counted, limit: limits.cost },
        http: { status: 400 },
      },
    },
  );
}
