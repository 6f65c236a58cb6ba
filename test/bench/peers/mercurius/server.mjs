// Mercurius as a gateway with its compiler (jit). It knows Federation 1 only, so it gets the same subgraphs described in
// Federation 1; what it sends to them is the same kind of request.
import gateway from '@mercuriusjs/gateway';
import fastify from 'fastify';

const subgraphs = process.env.SUBGRAPHS;

const venues = `
  extend type Query { performance(id: ID!): Performance performances(first: Int!, after: Int!): [Performance!]! }
  type Performance @key(fields: "id") {
    id: ID! title: String! startsAt: String! cap: Int! sold: Int! priceCents: Int! venue: Venue!
  }
  type Venue @key(fields: "id") { id: ID! name: String! city: String! network: Network! }
  extend type Network @key(fields: "id") { id: ID! @external }
`;

const cards = `
  extend type Performance @key(fields: "id") {
    id: ID! @external
    cap: Int! @external
    sold: Int! @external
    priceCents: Int! @external
    placesLeft: Int @requires(fields: "cap sold")
    cardPriceCents: Int @requires(fields: "priceCents")
    acceptedCards: [CardKind!]
  }
  type CardKind @key(fields: "id") { id: ID! label: String! network: Network! }
  extend type Network @key(fields: "id") { id: ID! @external }
`;

const networks = `
  extend type Query { networks: [Network!]! }
  type Network @key(fields: "id") { id: ID! name: String discountPct: Int }
`;

const service = (name, schema) => ({ name, schema, url: `${subgraphs}/${name}` });

const app = fastify({ keepAliveTimeout: 600_000 });
await app.register(gateway, {
  jit: 1,
  gateway: {
    services: [service('venues', venues), service('cards', cards), service('networks', networks)],
  },
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
