import { describe, expect, it } from 'vitest';
import {
  checkCards,
  checkGroupHold,
  groupText,
  holdText,
  mostCards,
  repeated,
} from '../../../subgraphs/venues/domain/groups.ts';
import { noon } from './examples.ts';

const startsAt = '2026-11-22T16:00:00.000Z';
const wish = { places: 12, expiresAt: '2026-11-22T15:00:00.000Z', label: 'Päiväkoti Pilvi' };
const problemOf = (changes: object): unknown => {
  try {
    checkGroupHold({ ...wish, ...changes }, startsAt, noon);
    return null;
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { problem?: string; field?: string } };
    return [code, facts.problem ?? null, facts.field];
  }
};

describe('places kept for a known group', () => {
  it('are kept under the name of an organisation, without the blanks around it', () => {
    expect(checkGroupHold({ ...wish, label: ' Päiväkoti Pilvi\u00a0' }, startsAt, noon)).toEqual(wish);
  });

  it.each([
    [{ places: 0 }, ['BAD_INPUT', 'OUT_OF_RANGE', 'places']],
    [{ places: 1_001 }, ['BAD_INPUT', 'OUT_OF_RANGE', 'places']],
    [{ places: 0.5 }, ['BAD_INPUT', 'NOT_A_NUMBER', 'places']],
    [{ label: ' ' }, ['BAD_INPUT', 'MISSING', 'label']],
    [{ label: 'k'.repeat(81) }, ['BAD_INPUT', 'TOO_LONG', 'label']],
    [{ label: 'a\u0000b' }, ['BAD_INPUT', 'NOT_A_TEXT', 'label']],
    [{ label: 'koulu@example.org' }, ['BAD_INPUT', null, 'label']],
    [{ label: 'koulu\n9 C' }, ['BAD_INPUT', null, 'label']],
    [{ label: '010199-123A' }, ['BAD_INPUT', null, 'label']],
    [{ expiresAt: noon }, ['BAD_INPUT', null, 'expiresAt']],
    [{ expiresAt: '2026-11-22T16:00:00.001Z' }, ['BAD_INPUT', null, 'expiresAt']],
    [{ places: 1_000, label: 'k'.repeat(80), expiresAt: startsAt }, null],
    [{ label: 'Koulu 9 C, 2026' }, null],
  ])('%o: %o', (changes, expected) => {
    expect(problemOf(changes)).toEqual(expected);
  });

  it('the same wish has the same text, and another one another', () => {
    const text = holdText('p', wish);
    expect(holdText('p', { ...wish })).toBe(text);
    for (const other of [{ places: 13 }, { label: 'Koulu' }, { expiresAt: startsAt }]) {
      expect(holdText('p', { ...wish, ...other })).not.toBe(text);
    }
    expect(holdText('q', wish)).not.toBe(text);
  });
});

describe('a group of cards', () => {
  it.each([1, mostCards])('may have %i cards', (count) => {
    expect(() => checkCards(Array.from({ length: count }))).not.toThrow();
  });

  it.each([0, mostCards + 1])('may not have %i cards', (count) => {
    expect(() => checkCards(Array.from({ length: count }))).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('a card that is shown again is found where it is shown again', () => {
    expect([...repeated(['a', 'b', 'a', 'c', 'b', 'a'])]).toEqual([2, 4, 5]);
    expect([...repeated(['a', 'b'])]).toEqual([]);
  });

  it('the order of a card’s lines is no wish, the order of the cards is one', () => {
    const [holder, child] = [
      { type: 'HOLDER', count: 1 },
      { type: 'CHILD', count: 2 },
    ] as const;
    const text = groupText('p', null, [
      { cardId: 'a', lines: [holder, child] },
      { cardId: 'b', lines: [holder] },
    ]);
    const same = [
      { cardId: 'a', lines: [child, holder] },
      { cardId: 'b', lines: [holder] },
    ];
    expect(groupText('p', null, same)).toBe(text);
    expect(groupText('p', null, same.toReversed())).not.toBe(text);
    expect(groupText('p', 'hold', same)).not.toBe(text);
  });
});
