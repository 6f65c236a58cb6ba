import { describe, expect, it } from 'vitest';
import { refusalMessage } from '../../../subgraphs/venues/domain/messages.ts';
import {
  checkEntries,
  checkSlice,
  conflictText,
  judgeUseTime,
  sliceExpiry,
} from '../../../subgraphs/venues/domain/slice.ts';

const at = (time: string): string => `2026-11-22T${time}.000Z`;

describe('a slice of the cap', () => {
  it.each([
    ['the end of the performance', at('21:00:00'), at('21:00:00')],
    ['twelve hours later where the performance ends after that', at('23:00:00'), at('22:00:00')],
  ])('returns at %s', (_, endsAt, expiresAt) => {
    expect(sliceExpiry({ endsAt }, at('10:00:00'))).toBe(expiresAt);
  });

  it.each([
    ['no place', 0, 'device-1'],
    ['half a place', 1.5, 'device-1'],
    ['201 places', 201, 'device-1'],
    ['a device without a name', 1, ''],
    ['a device with a name that is no id', 1, 'Door of the house'],
  ])('%s is BAD_INPUT', (_, places, deviceId) => {
    expect(() => checkSlice({ performanceId: 'p', deviceId, places })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('is uploaded in parts of 1 to 200 uses', () => {
    for (const uses of [0, 201]) {
      expect(() => checkEntries(Array.from({ length: uses }))).toThrow(
        expect.objectContaining({ code: 'BAD_INPUT', facts: { uses, most: 200 } }),
      );
    }
    checkEntries(Array.from({ length: 200 }));
  });
});

describe('the moment of an offline use', () => {
  it.each([
    ['is taken as it is', '11:00:00', at('11:00:00')],
    ['a minute before the slice is its opening', '09:59:00', at('10:00:00')],
    ['a minute to come is now', '12:01:00', at('12:00:00')],
  ])('%s', (_, time, judged) => {
    expect(judgeUseTime(at(time), at('10:00:00'), at('12:00:00'))).toBe(judged);
  });

  it.each(['09:58:59', '12:01:01'])('%s is too far off and refused', (time) => {
    expect(judgeUseTime(at(time), at('10:00:00'), at('12:00:00'))).toMatchObject({
      code: 'USE_TIME_WRONG',
      facts: { at: at(time) },
    });
  });

  it('that is none is refused', () => {
    expect(judgeUseTime('yesterday', at('10:00:00'), at('12:00:00'))).toMatchObject({
      code: 'USE_TIME_WRONG',
    });
  });
});

describe('a conflict', () => {
  it('is the same whatever the order of its lines', () => {
    const lines = [{ type: 'HOLDER', count: 1 } as const, { type: 'CHILD', count: 2 } as const];
    expect(conflictText('p', lines, at('10:00:00'))).toBe(
      conflictText('p', lines.toReversed(), at('10:00:00')),
    );
  });

  it.each(['SLICE_OPEN_ALREADY', 'USE_TIME_WRONG', 'REQUEST_ID_REUSED'] as const)(
    '%s has words in three languages',
    (code) => {
      const { fi, sv, en } = refusalMessage(code, {});
      expect(new Set([fi, sv, en]).size).toBe(3);
    },
  );
});
