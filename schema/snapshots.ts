import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { compose, subgraphSdl } from '../gateway/supergraph/compose.ts';
import { loadSupergraph } from '../gateway/execution/supergraph.ts';
import { cardsSchema } from '../subgraphs/cards/index.ts';
import { messagingSchema } from '../subgraphs/messaging/index.ts';
import { networksSchema } from '../subgraphs/networks/index.ts';
import { venuesSchema } from '../subgraphs/venues/index.ts';
import type { SubgraphName } from '../subgraphs/platform/names.ts';

const schemas: Readonly<Record<SubgraphName, () => GraphQLSchema>> = {
  networks: networksSchema,
  cards: cardsSchema,
  venues: venuesSchema,
  messaging: messagingSchema,
};

/**
 * The files of this folder as the code would write them: the SDL of each subgraph, the supergraph that the gateway
 * plans with, and the API that clients see. Throws when the subgraphs do not compose.
 */
export function makeSnapshots(): Readonly<Record<string, string>> {
  const subgraphs = Object.entries(schemas).map(([name, schema]) => ({
    name,
    sdl: `${subgraphSdl(schema())}\n`,
  }));
  const supergraph = compose(subgraphs);
  return {
    ...Object.fromEntries(subgraphs.map(({ name, sdl }) => [`${name}.graphql`, sdl])),
    'supergraph.graphql': supergraph,
    'api.graphql': `${printSchema(lexicographicSortSchema(loadSupergraph(supergraph).apiSchema))}\n`,
  };
}
