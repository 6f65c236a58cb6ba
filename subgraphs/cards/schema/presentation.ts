import { resultType } from './refusal.ts';
import { presentCard } from '../service/present-card.ts';
import { behalfPurposes, presentForHolder } from '../service/present-for-holder.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { registerEnums } from './enums.ts';
import { addGroup } from './group-visit.ts';
import { addPresentationTypes } from './presentation-types.ts';
import { addSeenOffline } from './seen-offline.ts';

/** A card is shown: by its guest, by the unit that gave it, or with a group. */
export function addPresentation(builder: CardsBuilder, card: CardRef): void {
  const types = addPresentationTypes(builder, card);
  const result = builder.unionType('PresentationResult', {
    types: [types.presentation, types.refusal],
    resolveType: resultType('Presentation', 'PresentationRefusal'),
  });
  const input = builder.inputType('PresentCardInput', {
    fields: (t) => ({
      code: t.string({
        required: true,
        description:
          'As printed, typed or scanned: any case, with or without hyphens, O for 0, I or L for 1. Or as a phone shows ' +
          'it: `K:` and 116 characters of base45.',
      }),
      venueId: t.id({ required: true }),
      usedBy: t.field({
        type: registerEnums(builder).communityUser,
        description: 'For an organisation’s card: who came with it, counted by month.',
      }),
    }),
  });
  const purpose = builder.enumType('BehalfPurpose', { values: behalfPurposes });
  const behalfInput = builder.inputType('PresentForHolderInput', {
    fields: (t) => ({
      cardId: t.id({ required: true }),
      venueId: t.id({ required: true }),
      purpose: t.field({ type: purpose, required: true }),
    }),
  });
  builder.mutationFields((t) => ({
    presentCard: t.field({
      type: result,
      description: 'For the staff of the venue: is this card valid here and now, and for whom?',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) => presentCard(context, args.input),
    }),
    presentForHolder: t.field({
      type: result,
      description:
        'For the unit that gave the card: shows it at one venue for its holder. The holder sees that it was done.',
      args: { input: t.arg({ type: behalfInput, required: true }) },
      resolve: (_, args, context) => presentForHolder(context, args.input),
    }),
  }));
  addGroup(builder, types);
  addSeenOffline(builder, types);
}
