import {
  createSourceEventStream,
  execute,
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import { withInputCodes } from '../graphql/input-errors.ts';

export type Events = AsyncGenerator<ExecutionResult, undefined, undefined>;

type Operation = Omit<ExecutionArgs, 'contextValue' | 'rootValue'>;

/**
 * The events of one subscription, each executed with a context made for it: not subscribe(), which would keep one context,
 * and with it one set of loaders, for all events. What goes wrong is thrown by `next()` as a GraphQLError, so that it ends
 * the operation and not the connection.
 */
export function eventStream(operation: Operation, context: () => object): Events {
  let source: AsyncIterator<unknown> | undefined;
  let over = false;

  const open = async (): Promise<AsyncIterator<unknown>> => {
    const opened = await createSourceEventStream({ ...operation, contextValue: context() });
    if (Symbol.asyncIterator in opened) return opened[Symbol.asyncIterator]();
    throw withInputCodes(opened).errors?.[0] ?? new Error('The subscription did not begin.');
  };

  const release = async (): Promise<IteratorReturnResult<undefined>> => {
    over = true;
    await source?.return?.();
    return { done: true, value: undefined };
  };

  const events: Events = {
    async next() {
      try {
        source ??= await open();
        // It was left while it began.
        if (over) return await release();
        const event = await source.next();
        if (event.done || over) return { done: true, value: undefined };
        const args = { ...operation, rootValue: event.value, contextValue: context() };
        return { done: false, value: withInputCodes(await execute(args)) };
      } catch (error) {
        throw asGraphQLError(error);
      }
    },
    return: release,
    async throw(error: unknown) {
      await release();
      throw error;
    },
    [Symbol.asyncIterator]: () => events,
    async [Symbol.asyncDispose]() {
      await release();
    },
  };
  return events;
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
