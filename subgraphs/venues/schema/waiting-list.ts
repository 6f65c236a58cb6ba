import { costs, costsList, listOf } from '../../platform/graphql/index.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { policy } from '../domain/policy.ts';
import { waitingStatuses } from '../domain/words.ts';
import { found } from '../service/found.ts';
import { acceptOffer } from '../service/waiting-accept.ts';
import { joinWaitingList, type InLine } from '../service/waiting-join.ts';
import { leaveWaitingList } from '../service/waiting-leave.ts';
import {
  lineNow,
  ownEntries,
  placeOf,
  type LineNow,
  type PlaceInLine,
  type WaitingEntry,
} from '../service/waiting-own.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { DoorInputs } from './overrides.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** Families that wait for places of a full performance. */
export function addWaitingList(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'performance' | 'redemption'>,
  refusal: RefusalRef,
  { lineInput }: DoorInputs,
): void {
  const inLine = addEntry(builder, refs);
  addLine(builder, refs);
  const joinResult = builder.unionType('JoinWaitingListResult', {
    types: [inLine, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'InLine'),
  });
  const acceptResult = builder.unionType('AcceptOfferResult', {
    types: [refs.redemption, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'Redemption'),
  });
  const requestId = { required: true, description: 'An idempotency key of 8 to 100 characters.' } as const;
  const joinInput = builder.inputType('JoinWaitingListInput', {
    fields: (t) => ({
      performanceId: t.id({ required: true }),
      lines: t.field({ type: [lineInput], required: true, description: "With the holder's own ticket." }),
      requestId: t.id(requestId),
    }),
  });
  const acceptInput = builder.inputType('AcceptOfferInput', {
    fields: (t) => ({ entryId: t.id({ required: true }), requestId: t.id(requestId) }),
  });
  const leaveInput = builder.inputType('LeaveWaitingListInput', {
    fields: (t) => ({ entryId: t.id({ required: true }) }),
  });
  builder.mutationFields((t) => ({
    joinWaitingList: t.field({
      type: joinResult,
      description:
        'For a holder: waits for places of a performance that is full for these tickets. All of them are offered together, or ' +
        'none. The limits are those of redeem; PLACES_FREE, ALREADY_WAITING and WAITING_CLOSED besides.',
      args: { input: t.arg({ type: joinInput, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, joinWaitingList(context.env, context.viewer, input)),
    }),
    acceptOffer: t.field({
      type: acceptResult,
      description:
        'For the holder: the places that are kept become a redemption. OFFER_OVER when they no longer are.',
      args: { input: t.arg({ type: acceptInput, required: true }) },
      resolve: (_, { input }, context) => changing(context, acceptOffer(context.env, context.viewer, input)),
    }),
    leaveWaitingList: t.field({
      type: inLine,
      description: 'For the holder: leaves the list or declines the offer. Again it changes nothing.',
      args: { input: t.arg({ type: leaveInput, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, leaveWaitingList(context.env, context.viewer, input.entryId)),
    }),
  }));
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
function addEntry(builder: VenuesBuilder, refs: Pick<Refs, 'performance' | 'redemption'>) {
  const status = builder.enumType('WaitingStatus', {
    description:
      'OFFERED: places are kept until `offerExpiresAt`. LEFT: by itself, or with tickets from the door. EXPIRED: the offer was ' +
      'not answered. CANCELLED: with its performance.',
    values: waitingStatuses,
  });
  const place = builder.objectRef<PlaceInLine>('PlaceInLine').implement({
    description: '"3rd of 7": among those who wait and have no offer yet.',
    fields: (t) => ({ place: t.exposeInt('place'), of: t.exposeInt('of') }),
  });
  const entry = builder.objectRef<WaitingEntry>('WaitingEntry').implement({
    description: 'A holder who waits for places of one performance. Seen by that holder alone.',
    fields: (t) => ({
      id: t.exposeID('id'),
      performance: t.field({
        type: refs.performance,
        resolve: ({ performanceId }, _args, { loaders }) => found(loaders.performance.load(performanceId)),
      }),
      status: t.expose('status', { type: status }),
      places: t.exposeInt('places', { description: 'Tickets that count in the cap; they come together.' }),
      inLine: t.field({
        ...costs(2),
        type: place,
        nullable: true,
        description: 'Null: it does not wait any more, or has an offer.',
        resolve: (of, _args, { env }) => placeOf(env, of),
      }),
      joinedAt: t.expose('joinedAt', { type: 'DateTime' }),
      offerExpiresAt: t.expose('offerExpiresAt', {
        type: 'DateTime',
        nullable: true,
        description: 'Until when the offer that it got stands, or stood.',
      }),
      redemption: t.field({
        type: refs.redemption,
        nullable: true,
        description: 'What an accepted offer became.',
        resolve: ({ redemptionId }, _args, { loaders }) =>
          redemptionId === null ? null : loaders.visibleRedemption(redemptionId),
      }),
    }),
  });
  builder.queryField('waitingEntries', (t) =>
    t.field({
      ...costsList(2, 5),
      type: [entry],
      description: 'For a holder: the own entries on waiting lists, the 50 newest, newest first.',
      resolve: (_root, _args, { env, viewer }) => ownEntries(env, viewer),
    }),
  );
  return builder.objectRef<InLine>('InLine').implement({
    fields: (t) => ({ entry: t.expose('entry', { type: entry }) }),
  });
}

function addLine(builder: VenuesBuilder, refs: Pick<Refs, 'performance'>): void {
  const size = builder.objectRef<LineNow['sizes'][number]>('WaitingSize').implement({
    fields: (t) => ({
      places: t.exposeInt('places', { description: 'Places that each of them needs.' }),
      entries: t.exposeInt('entries'),
    }),
  });
  const line = builder.objectRef<LineNow>('WaitingLine').implement({
    description: 'Who waits, as numbers.',
    fields: (t) => ({
      waiting: t.exposeInt('waiting', { description: 'Families without an offer.' }),
      offered: t.exposeInt('offered', { description: 'Families for whom places are kept now.' }),
      sizes: t.expose('sizes', {
        ...listOf(5),
        type: [size],
        description: 'Those without an offer by size, the smallest first.',
      }),
    }),
  });
  builder.objectField(refs.performance, 'waitingLine', (t) =>
    t.field({
      ...costs(2),
      type: line,
      nullable: true,
      description: 'For the staff of its venue, else null.',
      resolve: async ({ id, venueId }, _args, { loaders, viewer }) =>
        policy.countWaiting(viewer, venueId) ? lineNow(await loaders.ofGroups.lineSizesOf.load(id)) : null,
    }),
  );
}
