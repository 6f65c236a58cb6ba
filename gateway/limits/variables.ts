import { GraphQLError } from 'graphql';
import { limits } from './limits.ts';
import { listTooLong } from './list-size.ts';
import { nulRefused } from './nul.ts';

/** What the document's own values may not be, variables may not be either, however deep. Throws BAD_INPUT, LIST_TOO_LONG. */
export function checkVariables(value: unknown, depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw nulRefused();
  } else if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value) && value.length > limits.listItems) throw listTooLong(value.length);
    if (depth > limits.variableDepth) throw tooDeep();
    for (const key in value) checkVariables((value as Readonly<Record<string, unknown>>)[key], depth + 1);
  }
}

function tooDeep(): GraphQLError {
  return new GraphQLError(`Variables may be nested ${limits.variableDepth} levels deep at most.`, {
    extensions: { code: 'BAD_INPUT', facts: { limit: limits.variableDepth }, http: { status: 400 } },
  });
}
