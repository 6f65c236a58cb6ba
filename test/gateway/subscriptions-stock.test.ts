import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { compose, subgraphSdl } from '../../gateway/supergraph/compose.ts';
import { Signals, sourceOf } from './support/signal.ts';
import { running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

test('fields of an interface whose types a subgraph does not know are joined by the stock executor, at every event', async () => {
  const signals = new Signals();
  let shown = 0;
  const parts = [
    {
      name: 'works',
      sdl: `${link('"@key"')}
        type Query { work: Work }
        type Subscription { shown: Work }
        interface Work @key(fields: "id") { id: ID! title: String! }
        type Play implements Work @key(fields: "id") { id: ID! title: String! acts: Int! }`,
      resolvers: {
        Work: { __resolveType: () => 'Play' },
        Query: { work: () => ({ id: 'w', title: 'Title', acts: 3 }) },
        Subscription: {
          shown: {
            subscribe: () => sourceOf(signals, ['w']),
            resolve: () => ({ id: 'w', title: `Title ${(shown += 1)}`, acts: 3 }),
          },
        },
      },
    },
    {
      name: 'ratings',
      sdl: `${link('"@key", "@interfaceObject"')}
        type Work @key(fields: "id") @interfaceObject { id: ID! stars: Int! }`,
      resolvers: { Work: { __resolveReference: ({ id }: { id: string }) => ({ id, stars: 4 }) } },
    },
  ];
  const subgraphs = parts.map(({ name, sdl, resolvers }) => ({
    name,
    schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }),
    context: () => ({}),
  }));
  const supergraphSdl = compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) })));
  const { gateway } = await running({ subgraphs, supergraphSdl });
  const socket = await TestSocket.open(gateway.url);
  socket.subscribe('1', 'subscription { shown { title stars ... on Play { acts } } }');
  expect(await socket.data('1')).toEqual({ shown: { title: 'Title 1', stars: 4, acts: 3 } });
  signals.ring('w');
  expect(await socket.data('1')).toEqual({ shown: { title: 'Title 2', stars: 4, acts: 3 } });
  expect(gateway.counts).toMatchObject({ upstreams: 1, feeds: 1 });
});
