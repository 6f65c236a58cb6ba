import type { FastifyInstance } from 'fastify';

/**
 * A body that is not JSON arrives here as no body at all, and ApolloServer decides: 400, with its own sentence for what a form
 * of another site could have sent. So the answer is the one that its integration suite asks of every server (Fastify's would be
 * 415), and nothing but JSON is ever read as an operation. The limit of the body holds as for JSON.
 */
export function readOnlyJson(scope: FastifyInstance): void {
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
}
