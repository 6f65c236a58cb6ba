import { GraphQLError, Kind, type ValueNode } from 'graphql';
import type { BaseContext, Builder } from './builder.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** DateTime is an ISO-8601 moment with its offset, given back in UTC; Date is a calendar day in Europe/Helsinki. */
export function addScalars<Context extends BaseContext>(builder: Builder<Context>): void {
  builder.scalarType('DateTime', {
    description: 'A moment, ISO-8601 with its offset. Answers are in UTC: `2026-11-22T16:30:00.000Z`.',
    serialize: (value) => value,
    parseValue: parseInstant,
    parseLiteral: (node) => parseInstant(literal(node)),
  });
  builder.scalarType('Date', {
    description: 'A calendar day in Europe/Helsinki: `2026-11-22`.',
    serialize: (value) => value,
    parseValue: parseDay,
    parseLiteral: (node) => parseDay(literal(node)),
  });
}

function literal(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : undefined;
}

function parseInstant(value: unknown): string {
  if (typeof value === 'string' && instant.test(value)) {
    const millis = Date.parse(value);
    if (!Number.isNaN(millis)) return new Date(millis).toISOString();
  }
  throw wrong('A DateTime is ISO-8601 with an offset, such as 2026-11-22T16:30:00Z.');
}

function parseDay(value: unknown): string {
  if (typeof value === 'string' && day.test(value)) {
    const millis = Date.parse(`${value}T00:00:00Z`);
    // Date.parse takes 30 February for 2 March.
    if (!Number.isNaN(millis) && new Date(millis).toISOString().startsWith(value)) return value;
  }
  throw wrong('A Date is a day of the calendar, such as 2026-11-22.');
}

function wrong(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
