import { Kind, type DocumentNode, type ExecutionResult } from 'graphql';
import type { Federation } from '../execution/federation.ts';
import { compileOperation, type PreparedOperation } from '../execution/prepared-operation.ts';
import { NotCompilable } from '../execution/not-compilable.ts';
import type { Variables } from '../execution/run.ts';
import { parseResult } from '../execution/text-result.ts';
import type { Caller } from '../execution/transport.ts';
import type { PlannedSubscription } from './plan.ts';
import { stockJoin } from './stock-join.ts';

export type { Variables };

/** Left to the stock executor, as with queries: what cannot be compiled. */
const stock = 'stock';

/** What was compiled goes with the plan that it was compiled from. A plan belongs to one federation. */
const compiled = new WeakMap<PlannedSubscription, PreparedOperation<never> | typeof stock>();

/**
 * Fetches and joins what the rest of the plan adds to one event, and shapes the answer as the client asked for it.
 * `variables` must be coerced.
 */
export async function joinEvent<V>(
  federation: Federation<V>,
  planned: PlannedSubscription,
  variables: Variables,
  caller: Caller<V>,
  event: ExecutionResult,
): Promise<ExecutionResult> {
  let prepared = compiled.get(planned) as PreparedOperation<V> | typeof stock | undefined;
  if (prepared === undefined) {
    prepared = compile(federation, planned);
    compiled.set(planned, prepared as PreparedOperation<never> | typeof stock);
  }
  const result = copyOf(event);
  if (prepared === stock) return stockJoin(federation, planned, variables, caller, result);
  const given = { fetch: planned.primary, result };
  return parseResult(await prepared.execute(variables, variables, caller, given));
}

function compile<V>(
  { supergraph, transports }: Federation<V>,
  { plan, operation: { operation, fragments } }: PlannedSubscription,
): PreparedOperation<V> | typeof stock {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [operation, ...Object.values(fragments)],
  };
  const { node } = plan;
  if (node?.kind === 'Subscription') throw new Error('A subscription was not planned as a sequence.');
  if (supergraph.hasInterfaceObjects) return stock;
  try {
    return compileOperation(supergraph, transports, { document, operation, plan: node });
  } catch (error) {
    if (error instanceof NotCompilable) return stock;
    throw error;
  }
}

/** The executor merges the other subgraphs' answers into the data, and other feeds may join the same event. */
function copyOf({ data = null, errors }: ExecutionResult): ExecutionResult {
  return { data: structuredClone(data), ...(errors && { errors }) };
}
