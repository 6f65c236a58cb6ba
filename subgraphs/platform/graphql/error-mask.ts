import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../logger.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { publicCodes } from './public-codes.ts';

/** What a caller sees of an error. */
export type ErrorMask = (error: unknown) => GraphQLFormattedError;

export interface MaskOptions {
  readonly logger: Logger;
  /** Whether "Did you mean …?" is left out of messages: it tells the names of a schema that is not published. */
  readonly hideSuggestions: boolean;
}

/**
 * Errors with a public code keep their message; every other becomes "Internal error" with an id under which the log has
 * the full text. Neither a stack trace nor a path ever passes.
 */
export function errorMask({ logger, hideSuggestions }: MaskOptions): ErrorMask {
  return (thrown) => {
    const error = asGraphQLError(thrown);
    const code = publicCode(error);
    const { locations, path } = error;
    const where = { ...(locations && { locations }), ...(path && { path }) };
    if (code === undefined) {
      const id = newId();
      logger.error({ errorId: id, path, err: innermost(error) }, 'internal error');
      return { message: 'Internal error', ...where, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
    }
    const facts = error.extensions['facts'];
    return {
      message: hideSuggestions ? error.message.replace(/ ?Did you mean .+\?$/s, '') : error.message,
      ...where,
      extensions: { code, ...(isRecord(facts) && { facts }) },
    };
  };
}

/**
 * The code under which a caller may see this error, if any: one of the public ones, or that of an AppError, which is
 * written for callers. A rule's own code counts more than ApolloServer's one for all rules.
 */
export function publicCode(error: GraphQLError): string | undefined {
  const thrown = innermost(error);
  if (thrown instanceof AppError) return thrown.code;
  const code = error.extensions['code'];
  const cause = error.originalError;
  if (code === 'GRAPHQL_VALIDATION_FAILED' && cause instanceof GraphQLError) {
    const own = cause.extensions['code'];
    if (typeof own === 'string' && publicCodes.has(own)) return own;
  }
  return typeof code === 'string' && publicCodes.has(code) ? code : undefined;
}

/** What was thrown in the first place: there the stack begins. */
function innermost(error: Error): Error {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

function asGraphQLError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
