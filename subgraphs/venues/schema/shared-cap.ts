import { costs, costsList, listOf, viewerIndependent } from '../../platform/graphql/index.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { remainingOf } from '../domain/cap.ts';
import { found } from '../service/found.ts';
import { removeSharedCap, setSharedCap, type SharedCapSet } from '../service/shared-cap.ts';
import { mostSharedCaps } from '../service/shared-cap-target.ts';
import {
  mostMembersShown,
  performancesUnder,
  venueSharedCaps,
  type SharedCapNow,
} from '../service/shared-caps.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import { readTextChange, type Inputs } from './inputs.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** One cap over several performances. */
export function addSharedCap(builder: VenuesBuilder, refs: Refs, refusal: RefusalRef, inputs: Inputs): void {
  const sharedCap = builder.objectRef<SharedCapNow>('SharedCap').implement({
    description:
      'One cap over several performances of a venue: none of them gives more places than are left under it.',
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      label: t.expose('label', { ...viewerIndependent, type: 'Text' }),
      cap: t.exposeInt('cap', viewerIndependent),
      used: t.exposeInt('used', { ...viewerIndependent, description: 'Of all its performances together.' }),
      held: t.exposeInt('held', viewerIndependent),
      remaining: t.int({ ...viewerIndependent, resolve: remainingUnder }),
      asOf: t.expose('changedAt', {
        ...viewerIndependent,
        type: 'DateTime',
        description: 'When the venue last changed it.',
      }),
      offering: t.field({
        type: refs.offering,
        nullable: true,
        description:
          'It is over all performances of this one, also those that are added; null: over chosen ones.',
        resolve: ({ offeringId }, _args, { loaders }) =>
          offeringId === null ? null : loaders.visibleOffering(offeringId),
      }),
      performances: t.field({
        ...listOf(mostMembersShown),
        type: [refs.performance],
        description: `Those under it that the viewer may see, by their start, at most ${mostMembersShown}.`,
        resolve: ({ id }, _args, { env, loaders }) => performancesUnder(env, loaders, id),
      }),
    }),
  });

  builder.objectField(refs.counter, 'sharedCap', (t) =>
    t.field({
      ...viewerIndependent,
      ...costs(1),
      type: sharedCap,
      nullable: true,
      description:
        'The cap that it shares with other performances; `remaining` is never more than is left there.',
      resolve: ({ shared }, _args, { loaders }) => (shared ? loaders.sharedCap.load(shared.poolId) : null),
    }),
  );
  builder.objectField(refs.offering, 'sharedCap', (t) =>
    t.field({
      ...viewerIndependent,
      ...costs(1),
      type: sharedCap,
      nullable: true,
      description: 'One cap over all its performances.',
      resolve: ({ id }, _args, { loaders }) => loaders.sharedCapOf.load(id),
    }),
  );
  builder.objectField(refs.venue, 'sharedCaps', (t) =>
    t.field({
      ...costsList(5, mostSharedCaps),
      type: [sharedCap],
      nullable: true,
      description: `Those that are in use, the oldest first, at most ${mostSharedCaps}; for its staff, else null.`,
      resolve: ({ id }, _args, { env, viewer }) => venueSharedCaps(env, viewer, id),
    }),
  );

  const set = builder.objectRef<SharedCapSet>('SharedCapSet').implement({
    fields: (t) => ({
      sharedCap: t.field({
        type: sharedCap,
        resolve: ({ pool }, _args, { loaders }) => found(loaders.sharedCap.load(pool.id)),
      }),
      warnings: t.expose('warnings', {
        type: ['Text'],
        description: 'A cap under the floor of all its tickets together, while the floor is a draft.',
      }),
    }),
  });
  const result = builder.unionType('SetSharedCapResult', {
    types: [set, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'SharedCapSet'),
  });
  const input = builder.inputType('SetSharedCapInput', {
    description:
      'With `id` it changes that one; else it takes exactly one of `offeringId` and `performanceIds`.',
    fields: (t) => ({
      id: t.id(),
      offeringId: t.id({ description: 'Over all its performances, also those that are added.' }),
      performanceIds: t.idList({
        description: '2 to 200 of the venue. With `id`: all that shall be under it from now on.',
      }),
      cap: t.int({ required: true, description: 'Most card tickets of all of them together.' }),
      label: t.field({ type: inputs.text, description: 'Shown to everybody. Left out it stays as it was.' }),
    }),
  });
  const removeInput = builder.inputType('RemoveSharedCapInput', {
    fields: (t) => ({ id: t.id({ required: true }) }),
  });
  builder.mutationFields((t) => ({
    setSharedCap: t.field({
      type: result,
      description:
        'For the staff of the venue. The same call again changes nothing. Refused below what is used and held already.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: { label, ...wish } }, context) =>
        changing(
          context,
          setSharedCap(context.env, context.viewer, { ...wish, label: readTextChange(label) }),
        ),
    }),
    removeSharedCap: t.field({
      type: sharedCap,
      description:
        'For the staff of the venue. The performances keep their own caps; once more changes nothing.',
      args: { input: t.arg({ type: removeInput, required: true }) },
      resolve: async (_, { input: { id } }, context) => {
        const { env, viewer, loaders } = context;
        await changing(context, removeSharedCap(env, viewer, id));
        return found(loaders.sharedCap.load(id));
      },
    }),
  }));
}

function remainingUnder({ cap, used, held }: SharedCapNow): number {
  return remainingOf({ cap, used, held }) ?? 0;
}
