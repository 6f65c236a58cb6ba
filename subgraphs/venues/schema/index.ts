import type { GraphQLSchema } from 'graphql';
import { finishSchema } from '../../platform/graphql/index.ts';
import { addEnums, venuesBuilder } from './builder.ts';
import { addNeighbours } from './neighbours.ts';
import { addOffering } from './offering.ts';
import { addCapCounter, addPerformance } from './performance.ts';
import { addRedemption, addRefusal } from './redemption.ts';
import { addRefs } from './refs.ts';
import { addSetCap } from './set-cap.ts';
import { addVenue } from './venue.ts';

export type { VenuesContext } from './builder.ts';

/** The venues subgraph's schema. Needs no database: one comes with each operation's context. */
export function venuesSchema(): GraphQLSchema {
  const builder = venuesBuilder();
  builder.mutationType({});
  builder.subscriptionType({});
  const refs = addRefs(builder);
  const enums = addEnums(builder);
  addNeighbours(builder, refs);
  addVenue(builder, refs, enums);
  addOffering(builder, refs, enums);
  addPerformance(builder, refs, enums);
  addCapCounter(builder, refs);
  const refusal = addRefusal(builder, enums);
  addRedemption(builder, refs, enums, refusal);
  addSetCap(builder, refs, refusal);
  return finishSchema(builder);
}
