import type { FastifyInstance } from 'fastify';
import { explorerPolicy } from './headers.ts';

const firstQuery = `# Write a query here and press Ctrl-Enter. Subscriptions work too.
# Under "Headers" you say who asks, for example { "x-dev-viewer": "{\\"role\\":\\"NATIONAL\\"}" }

{
  venue(slug: "kuopion-kaupunginorkesteri") {
    name { fi sv en }
    municipality { name { fi } network { name { fi } lifecycle } }
    performances(first: 3) {
      totalCount
      nodes { startsAt offering { title { pick(language: EN) { value } } } capCounter { cap used remaining } }
    }
  }
}
`;

/** GraphiQL, whole from an npm package: nothing is loaded from elsewhere. For development only. */
export function serveExplorer(app: FastifyInstance): void {
  let page: string | undefined;
  app.get('/graphiql', async (request, reply) => {
    if (page === undefined) {
      // Nine megabytes, and not installed in production: read when first asked for.
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
      page = renderGraphiQL({
        title: 'GraphiQL',
        endpoint: '/graphql',
        subscriptionsProtocol: 'WS',
        defaultQuery: firstQuery,
        credentials: 'same-origin',
      });
    }
    return reply
      .header('content-security-policy', explorerPolicy(request))
      .type('text/html; charset=utf-8')
      .send(page);
  });
}
