import type { ApolloServerPlugin } from '@apollo/server';

/** What is wrong with the operation, not with the HTTP request that brings it. */
const rightRequest: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * GraphQL over HTTP: whoever asks for `application/json` gets 200 for a request that is right as HTTP, so that a 400 is known to
 * come from something in between. Who asks for `application/graphql-response+json`, or for nothing, gets 400.
 */
export const jsonStatus: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, errors }) {
        const accept = request.http?.headers.get('accept') ?? '';
        if (!accept.includes('application/json') || accept.includes('graphql-response')) return;
        if (response.http.status !== 400 || !errors) return;
        if (errors.every(({ extensions }) => rightRequest.has(extensions['code'])))
          response.http.status = 200;
      },
    };
  },
};
