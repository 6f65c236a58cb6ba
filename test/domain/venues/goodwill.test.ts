import { describe, expect, it } from 'vitest';
import {
  goodwillLevels,
  goodwillSigns,
  judgeGoodwill,
  softerLimits,
  type GoodwillFigures,
} from '../../../subgraphs/venues/domain/goodwill.ts';
import { levelTexts, signText, suggestionText } from '../../../subgraphs/venues/domain/goodwill-words.ts';

const none = { overFloor: 0, beforeTheDay: 0, beforeTheWindow: 0, again: 0, onBusyDays: 0 };
const quiet: GoodwillFigures = {
  uses: 80,
  usesBefore: 76,
  performances: 40,
  withoutCap: 0,
  mostlyCard: 0,
  spared: none,
};
const cases: readonly [string, Partial<GoodwillFigures>, string, readonly string[]][] = [
  ['a venue with caps and steady use is calm', {}, 'CALM', []],
  [
    'the cinema that left: 76 uses, then 414, no cap, films with mostly card holders',
    { uses: 414, withoutCap: 40, mostlyCard: 6 },
    'EARLY_WARNING',
    ['GROWS_FAST', 'MOSTLY_CARD', 'NO_CAP'],
  ],
  ['growth half way to the cinema’s is a sign: 207', { uses: 207 }, 'WATCH', ['GROWS_FAST']],
  ['and one use fewer is none: 206', { uses: 206 }, 'CALM', []],
  [
    'growth without caps is an early warning',
    { uses: 207, withoutCap: 20 },
    'EARLY_WARNING',
    ['GROWS_FAST', 'NO_CAP'],
  ],
  ['no cap alone is nothing yet', { withoutCap: 40 }, 'CALM', ['NO_CAP']],
  [
    'caps on more than half of the performances are caps',
    { uses: 207, withoutCap: 19 },
    'WATCH',
    ['GROWS_FAST'],
  ],
  ['two crowded performances are worth watching', { mostlyCard: 2 }, 'WATCH', ['MOSTLY_CARD']],
  ['a single one is not', { mostlyCard: 1 }, 'CALM', []],
  [
    'crowded and without caps is an early warning',
    { mostlyCard: 2, withoutCap: 40 },
    'EARLY_WARNING',
    ['MOSTLY_CARD', 'NO_CAP'],
  ],
  ['a new venue has nothing to grow from', { uses: 400, usesBefore: 9 }, 'CALM', []],
  ['ten uses before are enough to grow from', { uses: 55, usesBefore: 10 }, 'WATCH', ['GROWS_FAST']],
  ['nothing at all is calm', { uses: 0, usesBefore: 0, performances: 0 }, 'CALM', []],
];

describe('the early warning', () => {
  it.each(cases)('%s', (_title, changes, level, signs) => {
    const judged = judgeGoodwill({ ...quiet, ...changes });
    expect(judged.level).toBe(level);
    expect(judged.signs.map(({ sign }) => sign)).toEqual(signs);
  });

  const spared = { overFloor: 120, beforeTheDay: 300, beforeTheWindow: 90, again: 0, onBusyDays: 200 };

  it('names the softer limits that would have helped, the most helpful first, without those that would not', () => {
    const { suggestions } = judgeGoodwill({ ...quiet, uses: 414, withoutCap: 40, spared });
    expect(suggestions.map(({ limit, spared: helped }) => [limit, helped])).toEqual([
      ['SAME_DAY', 300],
      ['QUIET_DAYS', 200],
      ['CAP_AT_FLOOR', 120],
      ['DAYS_BEFORE', 90],
    ]);
  });

  it('suggests nothing while all is calm', () => {
    expect(judgeGoodwill({ ...quiet, spared }).suggestions).toEqual([]);
  });

  it('says everything in three languages, and its numbers in each', () => {
    for (const level of goodwillLevels) expect(Object.values(levelTexts[level]).every(Boolean)).toBe(true);
    const facts = { uses: 414, usesBefore: 76, mostlyCard: 6, performances: 41, withoutCap: 39, days: 7 };
    for (const sign of goodwillSigns) {
      for (const text of Object.values(signText({ sign, facts }))) expect(text).toMatch(/\d/u);
    }
    for (const limit of softerLimits) {
      for (const text of Object.values(suggestionText({ limit, spared: 12, facts }))) {
        expect(text).toContain('12');
        expect(text).not.toContain('undefined');
      }
    }
  });
});
