import { describe, expect, it } from 'vitest';
import { bandOf } from '../../subgraphs/cards/domain/nudge.ts';
import { figureMaker, parseScope, scopeKey } from '../../subgraphs/cards/domain/figure.ts';
import { spreadOf } from '../../subgraphs/cards/domain/wellbeing.ts';

describe('pooled answers', () => {
  it('nine answers say nothing', () => {
    expect(spreadOf([{ value: 7, answers: 9 }])).toBeNull();
    expect(spreadOf([])).toBeNull();
  });

  it('ten answers have a mean, a spread and quartiles, and 0 is an answer like any other', () => {
    const spread = spreadOf([
      { value: 10, answers: 1 },
      { value: 0, answers: 3 },
      { value: 5, answers: 4 },
      { value: 8, answers: 2 },
    ]);
    expect(spread).toEqual({
      answers: 10,
      mean: 4.6,
      standardDeviation: 3.6,
      lowerQuartile: 2.5,
      median: 5,
      upperQuartile: 6.5,
      improved: 0.7,
    });
  });

  it('of changes the share above nought has improved', () => {
    expect(
      spreadOf([
        { value: -2, answers: 4 },
        { value: 0, answers: 4 },
        { value: 3, answers: 12 },
      ])?.improved,
    ).toBe(0.6);
  });
});

describe('a figure', () => {
  it('says what it counts in three languages, of whom, of when and from where', () => {
    const make = figureMaker({ kind: 'NETWORK', id: 'n1' }, '2026-11-22T10:00:00.000Z');
    const figure = make('issued', '2026', 12);
    expect(figure).toMatchObject({
      value: 12,
      unit: 'CARDS',
      scope: 'network:n1',
      period: '2026',
      suppressed: false,
    });
    const { fi, sv, en } = figure.definition;
    expect([fi, sv, en].every((text) => text !== null && text.length > 20)).toBe(true);
    expect(make('unusedShare', '2026', 0.5, true)).toMatchObject({
      value: null,
      unit: 'SHARE',
      suppressed: true,
    });
  });

  it.each(['issuer:a-1', 'network:n_2', 'nation'])('the scope %s is read back as it was written', (key) => {
    const scope = parseScope(key);
    expect(scope && scopeKey(scope)).toBe(key);
  });

  it.each(['', 'issuer:', 'venue:1', 'network:a b', 'nation:1'])('there is no scope "%s"', (key) => {
    expect(parseScope(key)).toBeNull();
  });
});

describe('an unused card', () => {
  it.each([
    ['2026-11-22', 0],
    ['2026-11-23', 0],
    ['2026-10-23', 0],
    ['2026-10-22', 1],
    ['2026-08-24', 1],
    ['2026-08-23', 2],
    ['2026-05-26', 2],
    ['2026-05-25', 3],
    ['2025-11-23', 3],
  ])('that was handed over on %s is in band %i on 22 November 2026', (since, band) => {
    expect(bandOf(since, '2026-11-22')).toBe(band);
  });
});
