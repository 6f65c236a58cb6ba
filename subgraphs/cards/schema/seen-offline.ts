import { listOf } from '../../platform/graphql/index.ts';
import { mostSeen, presentSeenOffline, type SeenOfflineAnswer } from '../service/present-seen-offline.ts';
import type { CardsBuilder } from './builder.ts';
import type { PresentationTypes } from './presentation-types.ts';
import { resultType } from './refusal.ts';

/** Phones that a door saw without a network, for the upload at venues. */
export function addSeenOffline(builder: CardsBuilder, { presentation, refusal }: PresentationTypes): void {
  const result = builder.unionType('SeenOfflineResult', {
    types: [presentation, refusal],
    resolveType: resultType('Presentation', 'PresentationRefusal'),
  });
  const seen = builder.inputType('SeenOfflineInput', {
    fields: (t) => ({
      code: t.string({ required: true, description: 'As the phone showed it: `K:` and base45.' }),
      at: t.field({ type: 'DateTime', required: true, description: 'When, by the clock of the device.' }),
    }),
  });
  const input = builder.inputType('PresentSeenOfflineInput', {
    fields: (t) => ({
      venueId: t.id({ required: true }),
      shown: t.field({ type: [seen], required: true, description: `1 to ${mostSeen}.` }),
    }),
  });
  builder.mutationField('presentSeenOffline', (t) =>
    t.field({
      ...listOf(mostSeen),
      type: [result],
      description:
        'For the staff of the venue: phones that a device saw without a network, for uploadRedemptions, in the order given. ' +
        'Each is judged by its moment, at most 12 hours ago; card and phone as they are now.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: async (_, args, context): Promise<SeenOfflineAnswer[]> => [
        ...(await presentSeenOffline(context, args.input)),
      ],
    }),
  );
}
