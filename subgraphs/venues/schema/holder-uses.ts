import { costs, costsList } from '../../platform/graphql/index.ts';
import { courseLimits } from '../domain/limits/course-uses.ts';
import { cardLimitsLeft, useHistory, type NamedLimit } from '../service/holder-uses.ts';
import type { VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

/** What the holder of a card, and nobody else, reads of its uses. */
export function addHolderUses(builder: VenuesBuilder, { card }: Pick<Refs, 'card'>): void {
  const kind = builder.enumType('CardLimitKind', {
    description:
      'COURSES_PER_YEAR: this calendar year. COURSES_PER_TERM: since January or since August. COURSES_AT_A_TIME: that have ' +
      'not ended.',
    values: Object.values(courseLimits).map(({ limit: name }) => name),
  });
  const scope = builder.enumType('CardLimitScope', { values: ['NATION', 'NETWORK', 'VENUE'] as const });
  const limit = builder.objectRef<NamedLimit>('CardLimit').implement({
    description: 'What one limit leaves a card: "2 of 2 courses this year".',
    fields: (t) => ({
      kind: t.field({ type: kind, resolve: ({ key }) => courseLimits[key].limit }),
      scope: t.expose('scope', { type: scope }),
      venue: t.expose('venue', {
        type: 'Text',
        nullable: true,
        description: 'Whose limit it is; null for the limits of a network and of the nation.',
      }),
      allowed: t.exposeInt('allowed'),
      used: t.exposeInt('used'),
      left: t.exposeInt('left', { description: 'Never below 0.' }),
    }),
  });
  builder.objectFields(card, (t) => ({
    limitsLeft: t.field({
      type: [limit],
      nullable: true,
      description:
        'The limits in force that this card has met, and the nation’s, newest state. For its holder alone, else null.',
      ...costsList(10, 20),
      resolve: ({ id }, _args, { env, viewer }) => cardLimitsLeft(env, viewer, id),
    }),
    useHistory: t.string({
      nullable: true,
      description:
        'JSON `{ uses: [{ recordedAt status venue title startsAt lines stars }], more, limits, waiting: [{ joinedAt status venue ' +
        'title startsAt lines }] }`, at most the 1000 newest uses and the 200 newest places in a line: for the sheet and the export that cards make. For the holder of the card alone, else null. To read on a screen take `redemptions`.',
      ...costs(20),
      resolve: async ({ id }, _args, { env, viewer }) => {
        const history = await useHistory(env, viewer, id);
        return history && JSON.stringify(history);
      },
    }),
  }));
}
