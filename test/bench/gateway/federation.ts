import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import type { LocalSubgraph } from '../../../gateway/execution/in-process.ts';
import { compose, subgraphSdl } from '../../../gateway/supergraph/compose.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import * as data from './data.ts';

const federation = (...names: string[]): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names.map((name) => `"@${name}"`).join(', ')}])`;

const venuesSdl = parse(`
  ${federation('key', 'listSize')}
  type Query {
    performance(id: ID!): Performance
    performances(first: Int!, after: Int!): [Performance!]! @listSize(slicingArguments: ["first"])
  }
  type Performance @key(fields: "id") {
    id: ID! title: String! startsAt: String! cap: Int! sold: Int! priceCents: Int! venue: Venue!
  }
  type Venue @key(fields: "id") { id: ID! name: String! city: String! network: Network! }
  type Network @key(fields: "id", resolvable: false) { id: ID! }
`);

const cardsSdl = parse(`
  ${federation('key', 'external', 'requires', 'listSize')}
  type Performance @key(fields: "id") {
    id: ID!
    cap: Int! @external
    sold: Int! @external
    priceCents: Int! @external
    placesLeft: Int @requires(fields: "cap sold")
    cardPriceCents: Int @requires(fields: "priceCents")
    acceptedCards: [CardKind!] @listSize(assumedSize: 3)
  }
  type CardKind @key(fields: "id") { id: ID! label: String! network: Network! }
  type Network @key(fields: "id", resolvable: false) { id: ID! }
`);

const networksSdl = parse(`
  ${federation('key')}
  type Query { networks: [Network!]! }
  type Network @key(fields: "id") { id: ID! name: String discountPct: Int }
`);

interface Joined {
  readonly id: string;
  readonly cap: number;
  readonly sold: number;
  readonly priceCents: number;
}

const queries = {
  performance: (_: unknown, { id }: { id: string }) => data.performanceById.get(id) ?? null,
  performances: (_: unknown, { first, after }: { first: number; after: number }) => data.page(first, after),
};

const cardFields = {
  placesLeft: (performance: Joined) => data.placesLeft(performance),
  cardPriceCents: ({ priceCents }: Joined) => data.cardPriceCents(priceCents),
  acceptedCards: ({ id }: Joined) => data.acceptedCards(id),
};

const venues = buildSubgraphSchema({
  typeDefs: venuesSdl,
  resolvers: {
    Query: queries,
    Performance: { __resolveReference: ({ id }: { id: string }) => data.performanceById.get(id) ?? null },
  },
});

const cards = buildSubgraphSchema({
  typeDefs: cardsSdl,
  resolvers: { Performance: { __resolveReference: (reference: Joined) => reference, ...cardFields } },
});

const networks = buildSubgraphSchema({
  typeDefs: networksSdl,
  resolvers: {
    Query: { networks: () => data.networks },
    Network: { __resolveReference: ({ id }: { id: string }) => data.networkById.get(id) ?? null },
  },
});

const context = (viewer: Viewer): object => ({ viewer });

export const subgraphs: readonly LocalSubgraph<Viewer>[] = [
  { name: 'venues', schema: venues, context },
  { name: 'cards', schema: cards, context },
  { name: 'networks', schema: networks, context },
];

/** The supergraph, with the addresses that peers read from it: `<base>/<name>`. */
export function supergraphSdl(base: string): string {
  const sdl = compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) })));
  return sdl.replaceAll(/http:\/\/(\w+)\.invalid/g, `${base}/$1`);
}

/** The same data as one schema without entities: what joining costs is the difference to it. */
export const singleSchema: GraphQLSchema = buildSubgraphSchema({
  typeDefs: parse(`
    type Query { performance(id: ID!): Performance performances(first: Int!, after: Int!): [Performance!]! }
    type Performance {
      id: ID! title: String! startsAt: String! cap: Int! sold: Int! priceCents: Int! venue: Venue!
      placesLeft: Int cardPriceCents: Int acceptedCards: [CardKind!]
    }
    type Venue { id: ID! name: String! city: String! network: Network! }
    type CardKind { id: ID! label: String! network: Network! }
    type Network { id: ID! name: String discountPct: Int }
  `),
  resolvers: {
    Query: queries,
    Performance: cardFields,
    Venue: { network: networkOf },
    CardKind: { network: networkOf },
  },
});

function networkOf({ network }: { readonly network: { readonly id: string } }): data.NetworkRow | undefined {
  return data.networkById.get(network.id);
}
