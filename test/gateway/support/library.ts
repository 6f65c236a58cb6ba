import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import type { LocalSubgraph } from '../../../gateway/execution/in-process.ts';
import { compose, subgraphSdl } from '../../../gateway/supergraph/compose.ts';

/**
 * A library of three subgraphs with everything that can go wrong: unknown people, nulls where none may be, errors with and
 * without a code, all of it decided by the id, so that an answer is the same each time.
 */
export interface Library {
  readonly subgraphs: readonly LocalSubgraph<null>[];
  readonly supergraphSdl: string;
}

const link = (names: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`;

const worksSdl = parse(`
  ${link('"@key", "@shareable", "@inaccessible"')}
  scalar Anything
  enum Mood { GLAD SAD SECRET @inaccessible }
  interface Work { id: ID! title(upper: Boolean = false): String! author: Person }
  union Found = Book | Film | Leaflet
  type Book implements Work @key(fields: "id") {
    id: ID! title(upper: Boolean = false): String! author: Person pages: Int mood: Mood extra: Anything
    related(first: Int = 2): [Found!] grid: [[Person]!] strict: String! maybe: String self: Book coAuthors: [Person!]
  }
  type Film implements Work @key(fields: "id") {
    id: ID! title(upper: Boolean = false): String! author: Person minutes: Float! cast: [Person!]! book: Book lead: Person!
  }
  type Leaflet @shareable { text: String about: Work size: Size! }
  type Size @shareable { width: Int! height: Int }
  type Person @key(fields: "id", resolvable: false) { id: ID! }
  input Filter { first: Int = 3 mood: Mood }
  type Query {
    book(id: ID!): Book works(first: Int = 3): [Work] found(filter: Filter): [Found] crowd: [[Person!]]
    nothing: Book broken: Book brokenStrict: Film! leaflets: [Leaflet!]
  }
  type Mutation { rename(id: ID!, title: String = "New"): Book burn(id: ID!): Book }
`);

const peopleSdl = parse(`
  ${link('"@key"')}
  type Person @key(fields: "id") {
    id: ID! name: String! nick: String age: Int friends(first: Int = 2): [Person] best: Person! owns: [Book!]! strictNick: String!
    likes: [Work!]
  }
  interface Work { id: ID! }
  type Book implements Work @key(fields: "id", resolvable: false) { id: ID! }
  type Film implements Work @key(fields: "id", resolvable: false) { id: ID! }
  type Query { person(id: ID!): Person persons: [Person!]! }
  type Mutation { greet(id: ID!, word: String): Person }
`);

const reviewsSdl = parse(`
  ${link('"@key", "@external", "@requires"')}
  interface Reviewed { score: Float }
  type Book implements Reviewed @key(fields: "id") {
    id: ID! pages: Int @external weight: Int @requires(fields: "pages") reviews: [Review!]! score: Float summary(short: Boolean!): String
  }
  type Film implements Reviewed @key(fields: "id") { id: ID! score: Float rating: Int! }
  type Person @key(fields: "id") {
    id: ID! nick: String @external greeting: String @requires(fields: "nick") reviews: [Review] fame: Int!
  }
  type Review { stars: Int! body: String by: Person book: Book answers: [[String]] }
  type Query { top: [Review!] reviewed: [Reviewed] }
`);

type Id = { readonly id: string };

export function library(): Library {
  const fate = (id: string, field: string): number => {
    let hash = 7;
    for (const letter of `${id}.${field}`) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
    return hash % 10;
  };
  /** The value, or null, or an error with or without a code, as the id decides. */
  const risky =
    (field: string, value: (id: string) => unknown) =>
    ({ id }: Id): unknown => {
      const what = fate(id, field);
      if (what === 0) throw new Error(`${id}.${field} fails`);
      if (what === 1) {
        throw new GraphQLError(`${id}.${field} is refused`, {
          extensions: { code: 'REFUSED', facts: { id } },
        });
      }
      return what === 2 || what === 3 ? null : value(id);
    };
  const number = (id: string): number => Number(id.slice(1));
  const ids = (letter: string, from: number, count: number): Id[] =>
    Array.from({ length: Math.max(0, Math.min(count, 6)) }, (_, index) => ({
      id: `${letter}${(from + index) % 7}`,
    }));
  const work = (index: number): object =>
    index % 2 === 0
      ? { __typename: 'Book', id: `b${index % 7}` }
      : { __typename: 'Film', id: `f${index % 7}` };
  const leaflet = (index: number): object => ({
    __typename: 'Leaflet',
    text: index % 2 ? `leaflet ${index}` : null,
    about: index % 3 ? work(index) : null,
    size: { width: index, height: null },
  });
  const found = (from: number, count: number): object[] =>
    Array.from({ length: count }, (_, index) =>
      (from + index) % 3 === 2 ? leaflet(from + index) : work(from + index),
    );
  const title = ({ id }: Id, { upper }: { upper?: boolean }): string =>
    upper ? `TITLE ${id}`.toUpperCase() : `Title ${id}`;
  const typed = { __resolveType: ({ __typename }: { __typename: string }) => __typename };
  const author = ({ id }: Id): unknown => (fate(id, 'author') < 2 ? null : { id: `p${fate(id, 'author')}` });
  const itself = (reference: object): object => reference;

  const works = buildSubgraphSchema({
    typeDefs: worksSdl,
    resolvers: {
      Work: typed,
      Found: typed,
      Book: {
        __resolveReference: itself,
        title,
        author,
        pages: risky('pages', (id) => number(id) * 100),
        mood: ({ id }: Id) => ['GLAD', 'SAD', 'SECRET', null][number(id) % 4],
        extra: ({ id }: Id) => ({ of: id, list: [1, { deep: true }] }),
        related: ({ id }: Id, { first }: { first: number }) => found(number(id), first),
        grid: ({ id }: Id) => [ids('p', number(id), 2), [], [null, { id: 'p1' }]],
        strict: risky('strict', (id) => `strict ${id}`),
        maybe: risky('maybe', (id) => `maybe ${id}`),
        self: ({ id }: Id) => ({ id }),
        coAuthors: async ({ id }: Id) => ids('p', number(id), 3),
      },
      Film: {
        __resolveReference: itself,
        title,
        author,
        minutes: ({ id }: Id) => number(id) + 0.5,
        cast: risky('cast', (id) => ids('p', number(id), 3)),
        book: ({ id }: Id) => ({ id: `b${number(id)}` }),
        lead: ({ id }: Id) => ({ id: `p${number(id)}` }),
      },
      Query: {
        book: (_: unknown, { id }: Id) => (/^b\d$/.test(id) ? { id } : null),
        works: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: first }, (_item, index) => (index === 1 ? null : work(index))),
        found: async (_: unknown, { filter }: { filter?: { first: number } }) => found(1, filter?.first ?? 2),
        crowd: () => [ids('p', 0, 2), null, ids('p', 5, 3)],
        broken: () => Promise.reject(new Error('broken fails')),
        brokenStrict: () => {
          throw new GraphQLError('brokenStrict is refused', { extensions: { code: 'REFUSED' } });
        },
        leaflets: () => [leaflet(1), leaflet(2), leaflet(3)],
      },
      Mutation: {
        rename: (_: unknown, { id }: Id) => ({ id }),
        burn: (_: unknown, { id }: Id) => {
          if (fate(id, 'burn') < 5) throw new Error('burn fails');
          return { id };
        },
      },
    } as never,
  });

  const people = buildSubgraphSchema({
    typeDefs: peopleSdl,
    resolvers: {
      Work: typed,
      Person: {
        __resolveReference: async ({ id }: Id) => (id === 'p6' ? null : { id }),
        name: ({ id }: Id) => `Name ${id}`,
        nick: risky('nick', (id) => `nick ${id}`),
        age: ({ id }: Id) => number(id) * 10,
        friends: ({ id }: Id, { first }: { first: number }) => [null, ...ids('p', number(id) + 1, first)],
        best: ({ id }: Id) => ({ id: `p${(number(id) + 2) % 6}` }),
        owns: ({ id }: Id) => ids('b', number(id), 2),
        strictNick: risky('strictNick', (id) => `strict ${id}`),
        likes: ({ id }: Id) => [work(number(id)), work(number(id) + 1)],
      },
      Query: {
        person: (_: unknown, { id }: Id) => ({ id }),
        persons: () => ids('p', 0, 4),
      },
      Mutation: { greet: (_: unknown, { id }: Id) => ({ id }) },
    } as never,
  });

  const review = (id: string, index: number): object => ({
    stars: (number(id) + index) % 6,
    body: index % 2 ? null : `review ${index} of ${id}`,
    by: { id: `p${(number(id) + index) % 7}` },
    book: index % 3 ? { id: `b${(number(id) + index) % 7}` } : null,
    answers: [['yes', null], null, []],
  });
  const reviewsOf = ({ id }: Id): object[] => [review(id, 0), review(id, 1)];
  const score = ({ id }: Id): number | null => (fate(id, 'score') < 3 ? null : fate(id, 'score') / 4);
  const reviews = buildSubgraphSchema({
    typeDefs: reviewsSdl,
    resolvers: {
      Reviewed: typed,
      Book: {
        __resolveReference: itself,
        weight: ({ pages }: { pages: number | null }) => (pages === null ? null : pages * 2),
        reviews: reviewsOf,
        score,
        summary: ({ id }: Id, { short }: { short: boolean }) => `${short ? 'short' : 'long'} of ${id}`,
      },
      Film: {
        __resolveReference: ({ id }: Id) => (id === 'f3' ? null : { id }),
        score,
        rating: risky('rating', (id) => number(id)),
      },
      Person: {
        __resolveReference: itself,
        greeting: ({ nick }: { nick: string | null }) => `Hello ${nick ?? 'you'}`,
        reviews: (person: Id) => [...reviewsOf(person), null],
        fame: risky('fame', (id) => number(id) * 7),
      },
      Query: {
        top: () => [review('p1', 0), review('p2', 1), review('p3', 2)],
        reviewed: () => [work(2), null, work(3), work(1)],
      },
    } as never,
  });

  const subgraphs = [
    { name: 'works', schema: works, context: () => ({}) },
    { name: 'people', schema: people, context: () => ({}) },
    { name: 'reviews', schema: reviews, context: () => ({}) },
  ];
  return {
    subgraphs,
    supergraphSdl: compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) }))),
  };
}
