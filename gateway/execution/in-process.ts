import {
  createSourceEventStream,
  execute,
  GraphQLError,
  parse,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { BoundedCache } from './bounded-cache.ts';
import { withInputCodes } from './input-errors.ts';
import type { Caller, EventStream, SubgraphOperation, Transport } from './transport.ts';

/** A subgraph whose schema runs in this process. */
export interface LocalSubgraph<V> {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Made anew for every operation and every event: data loaders in it remember what they read. */
  context(viewer: V, requestId: string): object;
}

const maxDocuments = 500;

/** Runs the planner's operations on the schema itself: nothing is printed, parsed or validated on the way. */
export function inProcess<V>(subgraph: LocalSubgraph<V>): Transport<V> {
  const documents = new BoundedCache<ExecutionArgs['document']>(maxDocuments);

  const prepare = (operation: SubgraphOperation, caller: Caller<V>): ExecutionArgs => ({
    schema: subgraph.schema,
    document:
      operation.document ??
      documents.getOrMake(operation.text, () => parse(operation.text, { noLocation: true })),
    operationName: operation.name ?? null,
    variableValues: operation.variables,
    contextValue: subgraph.context(caller.viewer, caller.requestId),
  });

  const run = async (
    operation: SubgraphOperation,
    caller: Caller<V>,
    rootValue?: unknown,
  ): Promise<ExecutionResult> => {
    try {
      return withInputCodes(await execute({ ...prepare(operation, caller), rootValue }));
    } catch (error) {
      return failed(error);
    }
  };

  return {
    subgraph: subgraph.name,
    execute: (operation, caller) => run(operation, caller),
    async subscribe(operation, caller) {
      try {
        // Not subscribe(): it would keep one context, and with it one set of loaders, for all events.
        const source = await createSourceEventStream(prepare(operation, caller()));
        if (!(Symbol.asyncIterator in source)) return withInputCodes(source);
        return eventStream(source[Symbol.asyncIterator](), (event) => run(operation, caller(), event));
      } catch (error) {
        return failed(error);
      }
    },
  };
}

function eventStream(
  source: AsyncIterator<unknown>,
  resolve: (event: unknown) => Promise<ExecutionResult>,
): EventStream {
  return {
    async next() {
      const event = await source.next();
      if (event.done) return { done: true, value: undefined };
      return { done: false, value: await resolve(event.value) };
    },
    return: async () => source.return?.(),
  };
}

function failed(error: unknown): ExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  const cause = error instanceof Error ? error : new Error(String(error));
  return { errors: [new GraphQLError(cause.message, { originalError: cause })] };
}
