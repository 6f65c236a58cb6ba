import type { GraphQLFormattedError } from 'graphql';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';

/** Codes of graphql-js and Apollo Server that tell a caller about the caller's own request. */
const aboutTheRequest = new Set([
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * What of an error may leave a server. Our own errors and those about the request keep their message; of anything else
 * the caller gets an id to quote, and the log has the whole.
 */
export function publicError(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  const facts = formatted.extensions?.['facts'];
  if (ownError(error) || (typeof code === 'string' && aboutTheRequest.has(code))) {
    return { ...formatted, extensions: { code, ...(facts === undefined ? {} : { facts }) } };
  }
  const id = newId();
  logger.error({ err: error, errorId: id }, 'an operation failed');
  const { path, locations } = formatted;
  return {
    message: `Internal error ${id}.`,
    ...(path ? { path } : {}),
    ...(locations ? { locations } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id },
  };
}

function ownError(error: unknown): boolean {
  for (let inner: unknown = error; typeof inner === 'object' && inner !== null;) {
    if (inner instanceof AppError) return true;
    inner = 'originalError' in inner ? inner.originalError : undefined;
  }
  return false;
}
