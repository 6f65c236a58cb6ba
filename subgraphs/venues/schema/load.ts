import { costs, listOf } from '../../platform/graphql/index.ts';
import {
  goodwillLevels,
  goodwillSigns,
  softerLimits,
  type Goodwill,
  type Sign,
  type Suggestion,
} from '../domain/goodwill.ts';
import { levelTexts, signText, suggestionText } from '../domain/goodwill-words.ts';
import { deskMinutesPerGuest, type Load } from '../domain/load.ts';
import { venueLoad } from '../service/load.ts';
import type { VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

/** What the card asks of a venue: for itself alone. */
export function addLoad(builder: VenuesBuilder, refs: Pick<Refs, 'venue'>): void {
  const goodwill = addGoodwill(builder);
  const load = builder.objectRef<Load>('VenueLoad').implement({
    description: 'What the card asked of a venue in a span. What has not been yet is not counted.',
    fields: (t) => ({
      from: t.expose('from', { type: 'DateTime' }),
      to: t.expose('to', { type: 'DateTime', description: 'Never after now.' }),
      uses: t.exposeInt('uses', { description: 'Valid redemptions, visits and fees that were recorded.' }),
      tickets: t.exposeInt('tickets', { description: 'Of them, assistants too.' }),
      usesBefore: t.exposeInt('usesBefore', { description: 'In the equally long span before.' }),
      trendPercent: t.exposeInt('trendPercent', {
        nullable: true,
        description: 'Change of uses against the span before, in whole per cent; null: there were none.',
      }),
      deskMinutes: t.exposeInt('deskMinutes', {
        description: `An assumption: ${deskMinutesPerGuest} minutes for each use and each turn-away.`,
      }),
      turnAways: t.exposeInt('turnAways', { description: 'How often the cap was full for somebody.' }),
      turnedAway: t.exposeInt('turnedAway', { description: 'How many people that were.' }),
      noShows: t.exposeInt('noShows', { description: 'Of performances that began in the span.' }),
      performances: t.exposeInt('performances', { description: 'That began in the span.' }),
      capped: t.exposeInt('capped', { description: 'Of them, with a cap of their own or a shared one.' }),
      capReached: t.exposeInt('capReached', {
        description: 'Of those, full: used and held reach the cap; a shared one as it is now.',
      }),
      ticketsKnown: t.exposeInt('ticketsKnown', { description: 'Performances whose tickets are known.' }),
      audiencePercent: t.exposeFloat('audiencePercent', {
        nullable: true,
        description: 'Card tickets of all their tickets, with one decimal; null: of none they are known.',
      }),
      goodwill: t.expose('goodwill', { type: goodwill }),
    }),
  });
  builder.objectField(refs.venue, 'load', (t) =>
    t.field({
      ...costs(20),
      type: load,
      nullable: true,
      description: 'From one moment to before another, at most 366 days. For its staff, else null.',
      args: {
        from: t.arg({ type: 'DateTime', required: true }),
        to: t.arg({ type: 'DateTime', required: true }),
      },
      resolve: ({ id }, span, { env, viewer }) => venueLoad(env, viewer, id, span),
    }),
  );
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
function addGoodwill(builder: VenuesBuilder) {
  const level = builder.enumType('GoodwillLevel', { values: goodwillLevels });
  const signCode = builder.enumType('GoodwillSignCode', { values: goodwillSigns });
  const limit = builder.enumType('SofterLimit', {
    description: 'Limits that ease a load and still leave the door open.',
    values: softerLimits,
  });
  const sign = builder.objectRef<Sign>('GoodwillSign').implement({
    fields: (t) => ({
      sign: t.expose('sign', { type: signCode }),
      message: t.field({ type: 'Text', resolve: signText }),
    }),
  });
  const suggestion = builder.objectRef<Suggestion>('SofterLimitSuggestion').implement({
    fields: (t) => ({
      limit: t.expose('limit', { type: limit }),
      spared: t.exposeInt('spared', {
        description: 'Uses, or tickets for CAP_AT_FLOOR, that it would have spared or moved in the span.',
      }),
      message: t.field({ type: 'Text', resolve: suggestionText }),
    }),
  });
  return builder.objectRef<Goodwill>('Goodwill').implement({
    description:
      'Whether the load looks like that of a cinema that left its network (76 uses, then 414, no cap, most of the audience of some films).',
    fields: (t) => ({
      level: t.expose('level', { type: level }),
      message: t.field({ type: 'Text', resolve: (judged) => levelTexts[judged.level] }),
      signs: t.expose('signs', { ...listOf(goodwillSigns.length), type: [sign] }),
      suggestions: t.expose('suggestions', {
        ...listOf(softerLimits.length),
        type: [suggestion],
        description: 'What would have helped, the most helpful first; none while all is calm.',
      }),
    }),
  });
}
