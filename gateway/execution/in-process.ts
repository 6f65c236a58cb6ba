import {
  createSourceEventStream,
  GraphQLError,
  parse,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { isPromise, type Awaitable } from './awaiting.ts';
import { BoundedCache } from './bounded-cache.ts';
import { answerEntitiesDirectly } from './entities-field.ts';
import { LocalOperation } from './local-operation.ts';
import type { Caller, EventStream, SubgraphOperation, Transport } from './transport.ts';

/** A subgraph whose schema runs in this process. */
export interface LocalSubgraph<V> {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Made anew for every operation and every event: data loaders in it remember what they read. */
  context(viewer: V, requestId: string): object;
}

export interface InProcessOptions {
  /** The use, from 1, at which a query is compiled: what comes once must not cost a compilation. Infinity: never. */
  readonly compileAt?: number;
  /** Has the last word on every result: what a subgraph that runs elsewhere does to its answers itself. */
  readonly finish?: (result: ExecutionResult) => ExecutionResult;
}

/** Characters of operations that are kept, with the code that they were compiled to. */
const maxKeptCharacters = 100_000;

/** Runs the planner's operations on the schema itself: nothing is printed, parsed or validated on the way. */
export function inProcess<V>(
  subgraph: LocalSubgraph<V>,
  { compileAt = 3, finish = (result) => result }: InProcessOptions = {},
): Transport<V> {
  const { schema } = subgraph;
  answerEntitiesDirectly(schema);
  const operations = new BoundedCache<LocalOperation>(maxKeptCharacters, (_, text) => text.length);
  /** Of operations that come parsed: as long as the plan they belong to. */
  const planned = new WeakMap<DocumentNode, LocalOperation>();
  const localOf = ({ text, document }: SubgraphOperation): LocalOperation => {
    const known = document && planned.get(document);
    if (known) return known;
    const local = operations.getOrMake(
      text,
      () => new LocalOperation(schema, document ?? parse(text, { noLocation: true }), compileAt),
    );
    if (document) planned.set(document, local);
    return local;
  };

  const argsOf = (
    { document }: LocalOperation,
    operation: SubgraphOperation,
    caller: Caller<V>,
    rootValue?: unknown,
  ): ExecutionArgs => ({
    schema,
    document,
    operationName: operation.name ?? null,
    variableValues: operation.variables,
    contextValue: subgraph.context(caller.viewer, caller.requestId),
    rootValue,
  });

  const run = (
    operation: SubgraphOperation,
    caller: Caller<V>,
    rootValue?: unknown,
  ): Awaitable<ExecutionResult> => {
    try {
      const local = localOf(operation);
      const answer = local.execute(argsOf(local, operation, caller, rootValue));
      return isPromise(answer) ? answer.then(finish, failed) : finish(answer);
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
        const source = await createSourceEventStream(argsOf(localOf(operation), operation, caller()));
        if (!(Symbol.asyncIterator in source)) return finish(source);
        return eventStream(source[Symbol.asyncIterator](), (event) => run(operation, caller(), event));
      } catch (error) {
        return failed(error);
      }
    },
  };
}

function eventStream(
  source: AsyncIterator<unknown>,
  resolve: (event: unknown) => Awaitable<ExecutionResult>,
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
