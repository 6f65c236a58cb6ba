import { listOf } from '../../platform/graphql/index.ts';
import { groupMessage } from '../domain/group-messages.ts';
import { groupRefusalCodes } from '../domain/group-visit.ts';
import { unlockVenue, type UnlockedVenue } from '../service/attempts.ts';
import {
  presentGroup,
  type GroupPresentation,
  type GroupRefusal,
  type RefusedCard,
} from '../service/present-group.ts';
import type { CardsBuilder } from './builder.ts';
import type { PresentationTypes } from './presentation-types.ts';
import { refusalParts, resultType } from './refusal.ts';

const groupSize = 5;

/** Several cards in one go, and the way out of a lock. */
export function addGroup(builder: CardsBuilder, { presentation, refusal }: PresentationTypes): void {
  const { fact, rule } = refusalParts(builder);
  const group = builder.objectRef<GroupPresentation>('GroupPresentation').implement({
    description:
      'All cards of the group are good. Each is redeemed with its own token; no course takes a group.',
    fields: (t) => ({
      presentations: t.expose('presentations', {
        type: [presentation],
        description: 'In the order of the codes.',
        ...listOf(groupSize),
      }),
    }),
  });
  const refused = builder.objectRef<RefusedCard>('GroupRefusedCard').implement({
    fields: (t) => ({
      place: t.exposeInt('place', { description: 'Of its code, from 0.' }),
      refusal: t.expose('refusal', { type: refusal }),
    }),
  });
  const code = builder.enumType('GroupRefusalCode', { values: groupRefusalCodes });
  const groupRefusal = builder.objectRef<GroupRefusal>('GroupRefusal').implement({
    description: 'The group cannot go in as it is. Nothing was granted.',
    fields: (t) => ({
      code: t.expose('code', { type: code }),
      message: t.field({ type: 'Text', resolve: (parent) => groupMessage(parent.code, parent.facts) }),
      facts: t.field({
        type: [fact],
        resolve: ({ facts }) =>
          Object.entries(facts).map(([name, value]) => ({ name, value: String(value) })),
      }),
      rule: t.field({ type: rule, nullable: true, resolve: (parent) => parent.rule }),
      cards: t.expose('cards', {
        type: [refused],
        description: 'GROUP_CARDS_REFUSED: those that are not good.',
        ...listOf(groupSize),
      }),
    }),
  });
  const result = builder.unionType('GroupResult', {
    types: [group, groupRefusal],
    resolveType: resultType('GroupPresentation', 'GroupRefusal'),
  });
  const input = builder.inputType('PresentGroupInput', {
    fields: (t) => ({
      venueId: t.id({ required: true }),
      codes: t.stringList({
        required: true,
        description: 'One community card and each member’s own, as in presentCard.',
      }),
    }),
  });
  const unlocked = builder.objectRef<UnlockedVenue>('UnlockedVenue').implement({
    fields: (t) => ({
      venueId: t.exposeID('venueId'),
      opened: t.exposeInt('opened', {
        description: 'Locks that were opened: the venue’s and those of people there.',
      }),
    }),
  });
  builder.mutationFields((t) => ({
    presentGroup: t.field({
      type: result,
      description:
        'For the staff of the venue: a small group with its community worker, all cards in one go.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) => presentGroup(context, args.input),
    }),
    unlockVenue: t.field({
      type: unlocked,
      description: 'For the national centre: a venue with too many misses may check cards again at once.',
      args: { venueId: t.arg.id({ required: true }) },
      resolve: (_, args, context) => unlockVenue(context, args.venueId),
    }),
  }));
}
