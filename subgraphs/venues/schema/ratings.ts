import { costs, listOf } from '../../platform/graphql/index.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import { policy } from '../domain/policy.ts';
import {
  ratingCategories,
  ratingClosesAt,
  type Rating,
  type RatingAverage,
  type RatingRefusalCode,
} from '../domain/rating.ts';
import { ratingMessage, ratingTitles, tooFewAnswers } from '../domain/rating-messages.ts';
import { rateRedemption, ratingAverages } from '../service/ratings.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';
import { toFacts, type VerdictRefs } from './verdict.ts';

/** What holders say of where they were: single ratings to themselves, averages to the venue. */
export function addRatings(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'redemption' | 'venue'>,
  { fact }: Pick<VerdictRefs, 'fact'>,
): void {
  const category = builder.enumType('RatingCategory', {
    description: 'Accessibility, what it meant to the holder, and interest of the content.',
    values: ratingCategories,
  });
  const rating = builder.objectRef<Rating>('Rating').implement({
    description:
      'What a holder said of one visit, 0 to 5 stars each; null: not answered. Its holder’s alone.',
    fields: (t) => ({
      accessibility: t.int({ nullable: true, resolve: ({ stars }) => stars.ACCESSIBILITY }),
      meaning: t.int({ nullable: true, resolve: ({ stars }) => stars.MEANING }),
      interest: t.int({ nullable: true, resolve: ({ stars }) => stars.INTEREST }),
      ratedAt: t.expose('ratedAt', { type: 'DateTime' }),
      changedAt: t.expose('changedAt', { type: 'DateTime' }),
      editableUntil: t.field({ type: 'DateTime', resolve: ({ ratedAt }) => ratingClosesAt(ratedAt) }),
    }),
  });
  builder.objectField(refs.redemption, 'rating', (t) =>
    t.field({
      ...costs(1),
      type: rating,
      nullable: true,
      description: 'For the holder of the card alone, else null: its venue never sees a single rating.',
      resolve: (redemption, _args, { loaders, viewer }) =>
        policy.rate(viewer, redemption) ? loaders.rating.load(redemption.id) : null,
    }),
  );

  const average = builder.objectRef<RatingAverage>('RatingAverage').implement({
    description:
      'Over all visits of the venue. It is drawn anew when five more cards have said something new, so that no two of them ' +
      'differ by the answer of one; nothing is shown of fewer than five.',
    fields: (t) => ({
      category: t.expose('category', { type: category }),
      title: t.field({ type: 'Text', resolve: (shown) => ratingTitles[shown.category] }),
      average: t.exposeFloat('average', { nullable: true, description: 'Stars, rounded to tenths.' }),
      answers: t.exposeInt('answers', { nullable: true }),
      asOf: t.expose('asOf', { type: 'Date', nullable: true, description: 'The day on which it was drawn.' }),
      reason: t.field({
        type: 'Text',
        nullable: true,
        description: 'Why there is none yet.',
        resolve: ({ reason }) => reason && tooFewAnswers,
      }),
    }),
  });
  builder.objectField(refs.venue, 'ratingAverages', (t) =>
    t.field({
      ...listOf(ratingCategories.length),
      type: [average],
      nullable: true,
      description: 'For its staff, else null.',
      resolve: ({ id }, _args, { env, viewer }) => ratingAverages(env, viewer, id),
    }),
  );

  const code = builder.enumType('RatingRefusalCode', {
    values: ['NOT_OVER', 'RATING_CLOSED', 'REDEMPTION_CANCELLED'] as const,
  });
  const refusal = builder.objectRef<Refusal<RatingRefusalCode>>('RatingRefusal').implement({
    description: 'An expected no, with its reason.',
    fields: (t) => ({
      code: t.expose('code', { type: code }),
      message: t.field({ type: 'Text', resolve: (no) => ratingMessage(no.code, no.facts) }),
      facts: t.field({ type: [fact], resolve: ({ facts }) => toFacts(facts) }),
    }),
  });
  const result = builder.unionType('RateResult', {
    types: [refs.redemption, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RatingRefusal' : 'Redemption'),
  });
  const stars = '0 to 5. Left out: as it was; null: not answered.';
  const input = builder.inputType('RateRedemptionInput', {
    fields: (t) => ({
      redemptionId: t.id({ required: true }),
      accessibility: t.int({ description: stars }),
      meaning: t.int({ description: stars }),
      interest: t.int({ description: stars }),
    }),
  });
  builder.mutationField('rateRedemption', (t) =>
    t.field({
      type: result,
      description:
        'For the holder, after the performance: at least one of the three. It may be changed for 14 days. The venue sees ' +
        'averages of at least five cards, and never a single rating.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, rateRedemption(context.env, context.viewer, wish)),
    }),
  );
}
