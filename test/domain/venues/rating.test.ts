import { describe, expect, it } from 'vitest';
import {
  averageShown,
  checkStars,
  drawsAnew,
  noStars,
  rateRefusal,
  ratingCategories,
  ratingClosesAt,
} from '../../../subgraphs/venues/domain/rating.ts';
import {
  ratingMessage,
  ratingTitles,
  tooFewAnswers,
} from '../../../subgraphs/venues/domain/rating-messages.ts';

const endsAt = '2026-11-22T19:00:00.000Z';
const valid = { status: 'VALID' } as const;
const ratedAt = '2026-11-23T10:00:00.000Z';

describe('a rating', () => {
  it.each([0, 1, 5])('%i stars are an answer', (stars) => {
    expect(() => checkStars({ ...noStars, MEANING: stars })).not.toThrow();
  });

  it.each([-1, 6, 2.5, Number.NaN])('%d stars are BAD_INPUT', (stars) => {
    expect(() => checkStars({ ...noStars, INTEREST: stars })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('without any answer is BAD_INPUT', () => {
    expect(() => checkStars(noStars)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it.each([
    ['before the end', valid, null, '2026-11-22T18:59:59.999Z', 'NOT_OVER'],
    ['at the end', valid, null, endsAt, undefined],
    ['a year later', valid, null, '2027-11-22T19:00:00.000Z', undefined],
    ['of a cancelled redemption', { status: 'CANCELLED' }, null, endsAt, 'REDEMPTION_CANCELLED'],
    ['again within 14 days', valid, ratedAt, '2026-12-07T09:59:59.999Z', undefined],
    ['again after them', valid, ratedAt, '2026-12-07T10:00:00.000Z', 'RATING_CLOSED'],
  ] as const)('%s', (_title, redemption, first, now, code) => {
    expect(rateRefusal(redemption, { endsAt }, first, now)?.code).toBe(code);
  });

  it('closes 14 days after it was first given', () => {
    expect(ratingClosesAt(ratedAt)).toBe('2026-12-07T10:00:00.000Z');
  });

  it('is shown as an average of five answers, to tenths, with the day alone', () => {
    const drawn = { answers: 6, stars: 22, asOf: '2026-11-30T23:30:00.000Z' };
    expect(averageShown('MEANING', drawn)).toEqual({
      category: 'MEANING',
      average: 3.7,
      answers: 6,
      asOf: '2026-12-01',
      reason: null,
    });
    expect(averageShown('MEANING', { ...drawn, answers: 4 })).toMatchObject({
      average: null,
      answers: null,
      asOf: null,
      reason: 'TOO_FEW_ANSWERS',
    });
    expect(averageShown('MEANING', null)).toMatchObject({ average: null, reason: 'TOO_FEW_ANSWERS' });
    expect([4, 5].map(drawsAnew)).toEqual([false, true]);
  });

  it('is spoken of in three languages', () => {
    const facts = { endsAt, closedAt: endsAt, days: 14 };
    const texts = [
      tooFewAnswers,
      ...ratingCategories.map((category) => ratingTitles[category]),
      ...(['NOT_OVER', 'RATING_CLOSED', 'REDEMPTION_CANCELLED'] as const).map((code) =>
        ratingMessage(code, facts),
      ),
    ];
    for (const { fi, sv, en } of texts) {
      for (const text of [fi, sv, en]) expect(text).toMatch(/^[^{}]+$/u);
      for (const text of [fi, sv, en]) expect(text).not.toMatch(/undefined|Invalid/u);
    }
  });
});
