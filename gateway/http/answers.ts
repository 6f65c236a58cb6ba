import type { FastifyReply } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';

/** Sends an answer in GraphQL's form, so that a client has to understand only one. */
export function sendErrors(
  reply: FastifyReply,
  status: number,
  errors: readonly GraphQLFormattedError[],
): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors }));
}

export function sendError(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return sendErrors(reply, status, [{ message, extensions: { code } }]);
}
