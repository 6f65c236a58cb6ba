import type { ExecutionResult, GraphQLError } from 'graphql';
import type { JsonObject } from './json.ts';

/** What an operation answers, with its data as the JSON that goes to the client: most clients want nothing else. */
export interface TextResult {
  readonly data: string;
  readonly errors?: readonly GraphQLError[];
}

/** The same for those who want to look inside. */
export function parseResult({ data, errors }: TextResult): ExecutionResult {
  return { data: JSON.parse(data) as JsonObject | null, ...(errors && { errors }) };
}
