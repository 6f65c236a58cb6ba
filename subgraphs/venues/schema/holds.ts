import { costsList } from '../../platform/graphql/index.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { policy } from '../domain/policy.ts';
import { holdKinds } from '../domain/words.ts';
import { holdPlaces, releaseHold, type HoldKept, type NamedHold } from '../service/group-holds.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** Places that a venue keeps for known groups. */
export function addHolds(builder: VenuesBuilder, refs: Pick<Refs, 'performance'>, refusal: RefusalRef): void {
  const kind = builder.enumType('HoldKind', {
    description:
      'GROUP: a known group. OFFLINE_SLICE: a device without a network. WAITING_OFFER: a family on the waiting list.',
    values: holdKinds,
  });
  const hold = builder.objectRef<NamedHold>('PlaceHold').implement({
    description: 'Places of one performance kept for somebody: nobody else gets them. Seen by its venue.',
    fields: (t) => ({
      id: t.exposeID('id'),
      kind: t.expose('kind', { type: kind }),
      label: t.exposeString('label', {
        nullable: true,
        description: 'The organisation that a group comes from; null: no group.',
      }),
      places: t.exposeInt('places', { description: 'As many as were kept at first.' }),
      remaining: t.exposeInt('remaining', { description: 'As many as are kept still.' }),
      openedAt: t.expose('openedAt', { type: 'DateTime' }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'From this moment on what is left is free again.',
      }),
      closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true }),
    }),
  });
  const kept = builder.objectRef<HoldKept>('HoldKept').implement({
    fields: (t) => ({ hold: t.expose('hold', { type: hold }) }),
  });
  builder.objectField(refs.performance, 'holds', (t) =>
    t.field({
      ...costsList(2, 5),
      type: [hold],
      nullable: true,
      description: 'What is kept for somebody, the oldest first. For the staff of its venue, else null.',
      resolve: ({ id, venueId }, _args, { loaders, viewer }) =>
        policy.keepPlaces(viewer, venueId) ? loaders.ofGroups.holdsOf.load(id) : null,
    }),
  );

  const result = builder.unionType('HoldPlacesResult', {
    types: [kept, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'HoldKept'),
  });
  const holdInput = builder.inputType('HoldPlacesInput', {
    fields: (t) => ({
      performanceId: t.id({ required: true }),
      places: t.int({ required: true, description: '1 to 1000.' }),
      expiresAt: t.field({
        type: 'DateTime',
        required: true,
        description: 'To come, and not after the performance starts.',
      }),
      label: t.string({
        required: true,
        description:
          'The name of an organisation, at most 80 characters: a school, a care home. Never of a person.',
      }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  const releaseInput = builder.inputType('ReleaseHoldInput', {
    fields: (t) => ({ holdId: t.id({ required: true }) }),
  });
  builder.mutationFields((t) => ({
    holdPlaces: t.field({
      type: result,
      description:
        'For the staff of the venue: keeps places for a known group, all or none. CAP_REACHED where there are not so many.',
      args: { input: t.arg({ type: holdInput, required: true }) },
      resolve: (_, { input }, context) => changing(context, holdPlaces(context.env, context.viewer, input)),
    }),
    releaseHold: t.field({
      type: kept,
      description:
        'For the staff of the venue: what is left of places kept for a group is free at once. Again it changes nothing.',
      args: { input: t.arg({ type: releaseInput, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, releaseHold(context.env, context.viewer, input.holdId)),
    }),
  }));
}
