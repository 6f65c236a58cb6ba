import { listOf } from '../../platform/graphql/index.ts';
import { mostCards } from '../domain/groups.ts';
import type { RedeemedGroup, RefusedCard, RefusedGroup } from '../service/group-answer.ts';
import { redeemGroup } from '../service/redeem-group.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { DoorInputs } from './overrides.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

const kinds = { redeemedGroup: 'RedeemedGroup', refusedGroup: 'RefusedGroup' } as const;

/** A group that comes in together. */
export function addGroup(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'redemption'>,
  refusal: RefusalRef,
  { lineInput, overrideInput }: DoorInputs,
): void {
  const redeemed = builder.objectRef<RedeemedGroup>('RedeemedGroup').implement({
    fields: (t) => ({
      redemptions: t.expose('redemptions', {
        ...listOf(mostCards),
        type: [refs.redemption],
        description: 'One for each card, in the order of the cards.',
      }),
      fromHold: t.exposeInt('fromHold', { description: 'As many places as came out of the hold.' }),
    }),
  });
  const refusedCard = builder.objectRef<RefusedCard>('RefusedGroupCard').implement({
    fields: (t) => ({
      index: t.exposeInt('index', { description: 'Its place in what was asked, from 0.' }),
      refusal: t.expose('refusal', { type: refusal }),
    }),
  });
  const refused = builder.objectRef<RefusedGroup>('RefusedGroup').implement({
    description: 'Nobody of the group came in: something refuses all of it, or some of its cards.',
    fields: (t) => ({
      refusal: t.field({
        type: refusal,
        nullable: true,
        description:
          'What refuses the whole group, such as CAP_REACHED, where `wanted` is what it needs besides its hold.',
        resolve: ({ whole }) => whole,
      }),
      cards: t.expose('cards', {
        ...listOf(5),
        type: [refusedCard],
        description: 'The cards that were refused, each with its reason.',
      }),
    }),
  });
  const result = builder.unionType('RedeemGroupResult', {
    types: [redeemed, refused],
    resolveType: (value) => kinds[(value as RedeemedGroup | RefusedGroup).kind],
  });
  const cardInput = builder.inputType('GroupCardInput', {
    fields: (t) => ({
      presentation: t.string({ required: true, description: 'The token of presentCard or presentGroup.' }),
      lines: t.field({ type: [lineInput], description: "Left out: the card's own ticket." }),
    }),
  });
  const input = builder.inputType('RedeemGroupInput', {
    fields: (t) => ({
      cards: t.field({ type: [cardInput], required: true, description: `1 to ${mostCards}.` }),
      performanceId: t.id({ required: true }),
      overrides: t.field({
        type: [overrideInput],
        description:
          'Soft limits that the venue sets aside for the whole group; recorded with each card where they said no.',
      }),
      holdId: t.id({ description: 'Places kept for this group: they are taken first, then free ones.' }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  builder.mutationField('redeemGroup', (t) =>
    t.field({
      type: result,
      description:
        'For the staff of the venue: a group comes in together. Every card gets its own redemption, or none does.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, redeemGroup(context.env, context.viewer, wish)),
    }),
  );
}
