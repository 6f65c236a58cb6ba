import type { GraphQLSchema } from 'graphql';
import { finishSchema } from '../../platform/graphql/index.ts';
import { addAudit } from './audit.ts';
import { addEnums, venuesBuilder } from './builder.ts';
import { addCancelLimit } from './cancel-limit.ts';
import { addDefaults } from './defaults.ts';
import { addExplain } from './explain.ts';
import { addGroup } from './group.ts';
import { addHolderUses } from './holder-uses.ts';
import { addHolds } from './holds.ts';
import { addLoad } from './load.ts';
import { addNeighbours } from './neighbours.ts';
import { addNoShow } from './no-show.ts';
import { addOffering } from './offering.ts';
import { addDoorInputs, addOverrides } from './overrides.ts';
import { addCapCounter, addPerformance } from './performance.ts';
import { addRatings } from './ratings.ts';
import { addRedemption, addRefusal } from './redemption.ts';
import { addRefs } from './refs.ts';
import { addSetCap } from './set-cap.ts';
import { addVenue } from './venue.ts';
import { addVenueDesk } from './venue-desk.ts';
import { addVerdict } from './verdict.ts';
import { addWaitingList } from './waiting-list.ts';

export type { VenuesContext } from './builder.ts';

/** The venues subgraph's schema. Needs no database: one comes with each operation's context. */
export function venuesSchema(): GraphQLSchema {
  const builder = venuesBuilder();
  builder.mutationType({});
  builder.subscriptionType({});
  const refs = addRefs(builder);
  const enums = addEnums(builder);
  addNeighbours(builder, refs);
  addHolderUses(builder, refs);
  addVenue(builder, refs, enums);
  addOffering(builder, refs, enums);
  addPerformance(builder, refs, enums);
  addCapCounter(builder, refs);
  const verdict = addVerdict(builder);
  const refusal = addRefusal(builder, enums, verdict);
  const inputs = addDoorInputs(builder, enums, verdict);
  addRedemption(builder, refs, enums, refusal, inputs);
  addOverrides(builder, refs, verdict);
  addExplain(builder, refs, verdict, inputs);
  addSetCap(builder, refs, refusal);
  addHolds(builder, refs, refusal);
  addGroup(builder, refs, refusal, inputs);
  addWaitingList(builder, refs, refusal, inputs);
  addCancelLimit(builder, refs);
  addNoShow(builder, refs, refusal);
  addDefaults(builder, refs, enums);
  addVenueDesk(builder, refs, enums, refusal);
  addAudit(builder, verdict);
  addRatings(builder, refs, verdict);
  addLoad(builder, refs);
  return finishSchema(builder);
}
