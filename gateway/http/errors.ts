import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import { sendError, sendErrors } from './answers.ts';

/** Fastify's refusals that a client can do something about; its own messages name its internals. */
const refusals: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'BODY_TOO_LARGE', 'The body is too large: at most 100 kB are allowed.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'BAD_REQUEST', 'The body is empty, but should be JSON.'],
  // In these words, by which Apollo's integration suite knows that the body and not the operation is wrong.
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'BAD_REQUEST', 'Invalid JSON: the body cannot be read.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'BAD_REQUEST', 'The body is not as long as its header says.'],
};

/** What Fastify or a handler throws, as a GraphQL error in JSON. */
export function errorHandler(mask: ErrorMask) {
  return (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = refusals[error.code];
    if (known) return sendError(reply, ...known);
    const status = error.statusCode ?? 500;
    if (status < 500) return sendError(reply, status, 'BAD_REQUEST', 'The request cannot be understood.');
    return sendErrors(reply, 500, [mask(error)]);
  };
}

export function notFoundHandler(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendError(reply, 404, 'NOT_FOUND', 'Nothing is at this address.');
}
