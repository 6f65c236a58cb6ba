import { performanceCount } from './data.ts';

export interface Query {
  readonly name: string;
  readonly what: string;
  readonly text: string;
  /** Request bodies, as JSON: one text with a hundred different sets of variables. */
  readonly bodies: readonly string[];
}

const bodyCount = 100;

const pageText = `query Page($id: ID!) { performance(id: $id) {
  id title cap sold placesLeft cardPriceCents
  acceptedCards { label network { name } }
  venue { name city network { name discountPct } }
} }`;

const listText = `query List($first: Int!, $after: Int!) { performances(first: $first, after: $after) {
  id title startsAt cap sold placesLeft cardPriceCents
  acceptedCards { id label network { name } }
  venue { id name city network { name discountPct } }
} }`;

function bodies(query: string, variables: (n: number) => Record<string, unknown>): string[] {
  return Array.from({ length: bodyCount }, (_, n) => JSON.stringify({ query, variables: variables(n) }));
}

/** The same two queries for everybody. */
export const queries: readonly Query[] = [
  {
    name: 'page',
    what: 'one performance, planned as 4 fetches from 3 subgraphs',
    text: pageText,
    bodies: bodies(pageText, (n) => ({ id: `p${n % performanceCount}` })),
  },
  {
    name: 'list',
    what: '20–29 performances with the same joins',
    text: listText,
    bodies: bodies(listText, (n) => ({ first: 20 + (n % 10), after: (7 * n) % performanceCount })),
  },
];
