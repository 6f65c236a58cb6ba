import { GraphQLError } from 'graphql';
import type { Viewer } from '../subgraphs/platform/viewer.ts';
import { whenThere, type Awaitable } from './execution/awaiting.ts';
import type { Executor } from './execution/executor.ts';
import type { TextResult } from './execution/text-result.ts';
import type { Caller } from './execution/transport.ts';
import type { Admit } from './limits/admission.ts';
import type { Observer } from './observability/observer.ts';

/** What an entry needs in order to answer an operation that is prepared already. */
export interface PreparedOptions {
  readonly executor: () => Executor<Viewer>;
  readonly admit: Admit<Viewer>;
  readonly observe: Observer;
}

export interface PreparedRequest {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller<Viewer>;
}

/** A result without data was not admitted: nothing has run. */
export type PreparedResult = TextResult | { readonly data?: never; readonly errors: readonly GraphQLError[] };

/**
 * Answers an operation whose text has been parsed, validated and planned before, without ApolloServer. `undefined`: it has
 * not been, or its variables are wrong, and nothing has happened yet.
 */
export function answerPrepared(
  { executor, admit, observe }: PreparedOptions,
  { text, operationName, variables, caller: asking }: PreparedRequest,
): Awaitable<PreparedResult> | undefined {
  const prepared = executor().known(text, operationName);
  if (!prepared) return undefined;
  const { coerced } = prepared.coerce(variables);
  if (!coerced) return undefined;
  const { document, operation } = prepared;
  const caller = observe.begin(asking);
  const answered = (result: PreparedResult): PreparedResult => {
    observe.answered({ kind: operation.operation, caller, result });
    return result;
  };
  try {
    admit({ text, document, operation, variables, caller });
  } catch (error) {
    if (error instanceof GraphQLError) return answered({ errors: [error] });
    throw error;
  }
  return whenThere(prepared.execute(variables, coerced, caller), answered);
}
