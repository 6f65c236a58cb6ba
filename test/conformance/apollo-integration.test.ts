import { ApolloServer, type BaseContext } from '@apollo/server';
import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { createApp } from '../../gateway/http/app.ts';
import { answerApollo, graphqlEntry } from '../../gateway/http/graphql-route.ts';
import { errorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';

const mask = errorMask({ logger: createLogger('silent'), hideSuggestions: false });

// Our HTTP server and our handler around each ApolloServer that the suite asks for.
defineIntegrationTestSuite(
  async (config, { context = async () => ({}) } = {}) => {
    const server = new ApolloServer<BaseContext>(config as never);
    await server.start();
    const app = createApp(mask);
    graphqlEntry(app, '/', (request, reply) => answerApollo(request, reply, server, context));
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    // The suite brings types of its own version of the same class.
    return { server: server as never, url: address, extraCleanup: () => app.close() };
  },
  { noIncrementalDelivery: true },
);
