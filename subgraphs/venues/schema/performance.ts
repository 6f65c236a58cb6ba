import {
  costs,
  listOf,
  pageArgs,
  viewerIndependent,
  viewerIndependentUnless,
} from '../../platform/graphql/index.ts';
import { remainingOf } from '../domain/cap.ts';
import { cancelPerformance } from '../service/cancel-performance.ts';
import { found } from '../service/found.ts';
import { listPerformances } from '../service/lists.ts';
import { mostShown, readCounters, usuallyShown, watchCounters } from '../service/watch-counters.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addPerformance(builder: VenuesBuilder, refs: Refs, enums: Enums): void {
  refs.performance.implement({
    description: 'One date of an offering.',
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      offering: t.field({
        ...viewerIndependent,
        type: refs.offering,
        resolve: ({ offeringId }, _args, { loaders }) => found(loaders.offering.load(offeringId)),
      }),
      venue: t.field({
        ...viewerIndependent,
        type: refs.venue,
        resolve: ({ venueId }, _args, { loaders }) => found(loaders.venue.load(venueId)),
      }),
      startsAt: t.expose('startsAt', { ...viewerIndependent, type: 'DateTime' }),
      endsAt: t.expose('endsAt', { ...viewerIndependent, type: 'DateTime' }),
      status: t.expose('status', { ...viewerIndependent, type: enums.performanceStatus }),
      tickets: t.exposeInt('tickets', {
        ...viewerIndependent,
        nullable: true,
        description: 'What the floor of the cap is counted from; null: not known.',
      }),
      ticketBasis: t.expose('ticketBasis', { ...viewerIndependent, type: enums.ticketBasis, nullable: true }),
      redemptionWindow: t.expose('redemptionWindow', {
        ...viewerIndependent,
        type: enums.redemptionWindow,
        nullable: true,
        description: "The venue's choice for this performance; null: what the rules in force say.",
      }),
      capCounter: t.field({
        ...viewerIndependent,
        ...costs(2),
        type: refs.counter,
        resolve: ({ id }, _args, { loaders }) => found(loaders.counter.load(id)),
      }),
    }),
  });
  builder.asEntity(refs.performance, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { loaders }) => loaders.visiblePerformance(id),
  });

  builder.queryFields((t) => ({
    performance: t.field({
      type: refs.performance,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }, { loaders }) => loaders.visiblePerformance(id),
    }),
    performances: t.field({
      type: refs.performances,
      description: 'By their start.',
      args: {
        ...pageArgs(t),
        venueId: t.arg.id(),
        offeringId: t.arg.id(),
        from: t.arg({ type: 'DateTime', description: 'Those that end after this moment.' }),
        to: t.arg({ type: 'DateTime', description: 'Those that start before this moment.' }),
      },
      resolve: (_, { first, after, ...filter }, { env, viewer }) =>
        listPerformances(env, viewer, filter, { first, after }),
    }),
  }));

  const input = builder.inputType('CancelPerformanceInput', {
    fields: (t) => ({ performanceId: t.id({ required: true }) }),
  });
  builder.mutationField('cancelPerformance', (t) =>
    t.field({
      type: refs.performance,
      description:
        'For the staff of its venue: cancels it with every redemption of it, and everyone is told.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, cancelPerformance(context.env, context.viewer, input.performanceId)),
    }),
  );
}

export function addCapCounter(builder: VenuesBuilder, refs: Refs): void {
  refs.counter.implement({
    description: 'How many card tickets a performance gives and has given. Assistants do not count.',
    fields: (t) => ({
      performance: t.field({
        ...viewerIndependent,
        type: refs.performance,
        resolve: ({ performanceId }, _args, { loaders }) => found(loaders.performance.load(performanceId)),
      }),
      cap: t.exposeInt('cap', { ...viewerIndependent, nullable: true, description: 'Null: no cap.' }),
      used: t.exposeInt('used', viewerIndependent),
      held: t.exposeInt('held', {
        ...viewerIndependent,
        description:
          'Places kept for a known group, a door without a network or a family on the waiting list.',
      }),
      remaining: t.int({
        ...viewerIndependent,
        nullable: true,
        description:
          'Free places left, neither used nor held, under its own cap and the one that it shares; null: neither.',
        resolve: remainingOf,
      }),
      sequence: t.exposeInt('sequence', {
        ...viewerIndependent,
        description:
          'Of its own ledger. Only grows: of two answers the higher one is newer; with the same one what is left may differ, ' +
          'because other performances share its cap.',
      }),
      asOf: t.expose('changedAt', {
        ...viewerIndependent,
        type: 'DateTime',
        description: 'When the newest entry of the ledger was made.',
      }),
    }),
  });

  builder.subscriptionField('capCounter', (t) =>
    t.field({
      ...listOf(usuallyShown, 'first'),
      type: [refs.counter],
      // Ids may be of what only its venue sees; the list of a venue or a network is for everybody.
      ...viewerIndependentUnless('performanceIds'),
      description:
        'A snapshot at once, then after every change the full list again: the newest replaces all before. Takes exactly one ' +
        'of `performanceIds`, `venueId` and `networkId`. Lists have published performances, by start: a venue its current and ' +
        'next ones; a day those that start on it, without those that have ended when there are too many.',
      args: {
        performanceIds: t.arg.idList({ description: 'At most 50.' }),
        venueId: t.arg.id(),
        networkId: t.arg.id({ description: 'All venues of this network, on one day.' }),
        date: t.arg({
          type: 'Date',
          description: 'A day of the venue or the network; of a network today unless said.',
        }),
        first: t.arg.int({
          description: `How many of a venue or a network: 1 to ${mostShown}, else ${usuallyShown}.`,
        }),
      },
      subscribe: (_, args, { env, loaders }) => watchCounters(env, loaders, args),
      resolve: (_, args, { env, loaders }) => readCounters(env, loaders, args),
    }),
  );
}
