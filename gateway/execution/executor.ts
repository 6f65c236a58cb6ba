import { operationFromDocument } from '@apollo/federation-internals';
import { isPlanNode } from '@apollo/query-planner';
import { getOperationAST, type DocumentNode } from 'graphql';
import { BoundedCache } from './bounded-cache.ts';
import { compileOperation, type PreparedOperation } from './prepared-operation.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import type { Transport } from './transport.ts';

/** Characters of operations that are kept prepared. A plan with its code takes some hundred times as much memory. */
const maxPreparedCharacters = 100_000;

/** Left to the stock executor: what cannot be compiled, and what cannot be planned, so that it says why. */
const stock = 'stock';

/**
 * Plans and compiles operations, each text once. The keys come from clients, so what was used longest ago goes.
 * It does not validate: only what was found valid may be prepared.
 */
export class Executor<V> {
  readonly #supergraph: LoadedSupergraph;
  readonly #transports: ReadonlyMap<string, Transport<V>>;
  readonly #operations = new BoundedCache<PreparedOperation<V> | typeof stock>(
    maxPreparedCharacters,
    (_, key) => key.length,
  );
  readonly #counts = { prepared: 0, left: 0 };

  constructor(supergraph: LoadedSupergraph, transports: ReadonlyMap<string, Transport<V>>) {
    this.#supergraph = supergraph;
    this.#transports = transports;
  }

  /** How many operations were compiled, and how often one was left to the stock executor. */
  get counts(): { readonly prepared: number; readonly left: number } {
    return { ...this.#counts };
  }

  /** An operation that was prepared before, and so was found valid. */
  known(text: string, operationName: string | undefined): PreparedOperation<V> | undefined {
    const found = this.#operations.get(keyOf(text, operationName));
    return found === stock ? undefined : found;
  }

  /** Prepares a valid query or mutation. `undefined`: the stock executor has to run it. */
  prepare(
    text: string,
    document: DocumentNode,
    operationName: string | undefined,
  ): PreparedOperation<V> | undefined {
    const prepared = this.#operations.getOrMake(keyOf(text, operationName), () =>
      this.#compile(document, operationName),
    );
    if (prepared !== stock) return prepared;
    this.#counts.left += 1;
    return undefined;
  }

  #compile(document: DocumentNode, operationName: string | undefined): PreparedOperation<V> | typeof stock {
    const operation = getOperationAST(document, operationName);
    if (!operation || this.#supergraph.hasInterfaceObjects) return stock;
    const named = operationName === undefined ? {} : { operationName };
    try {
      const { api, planner } = this.#supergraph;
      const { node } = planner.buildQueryPlan(operationFromDocument(api, document, named));
      if (node && !isPlanNode(node)) return stock;
      const prepared = compileOperation(this.#supergraph, this.#transports, {
        document,
        operation,
        plan: node,
      });
      this.#counts.prepared += 1;
      return prepared;
    } catch {
      // Also what the planner refuses: the stock executor plans it once more and says what is wrong.
      return stock;
    }
  }
}

function keyOf(text: string, operationName: string | undefined): string {
  return operationName === undefined ? text : `${operationName}\0${text}`;
}
