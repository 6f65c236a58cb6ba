import type { GraphQLSchema } from 'graphql';
import { cardsSchema, openCards } from './cards/index.ts';
import { messagingSchema, openMessaging } from './messaging/index.ts';
import { networksSchema, openNetworks } from './networks/index.ts';
import type { SubgraphName } from './platform/names.ts';
import type { Subgraph, SubgraphOptions } from './platform/subgraph.ts';
import { openVenues, venuesSchema } from './venues/index.ts';

export interface SubgraphKind {
  readonly open: (options: SubgraphOptions) => Promise<Subgraph>;
  /** What it serves, without a database: also for whoever only asks it. */
  readonly schema: () => GraphQLSchema;
  /** TCP port of a process of its own, unless PORT says another. */
  readonly port: number;
}

/** Every subgraph there is. Which process runs which is configuration. */
export const subgraphKinds: Readonly<Record<SubgraphName, SubgraphKind>> = {
  networks: { open: openNetworks, schema: networksSchema, port: 4001 },
  cards: { open: openCards, schema: cardsSchema, port: 4002 },
  venues: { open: openVenues, schema: venuesSchema, port: 4003 },
  messaging: { open: openMessaging, schema: messagingSchema, port: 4004 },
};
