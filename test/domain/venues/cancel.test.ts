import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import {
  cancelClosesAt,
  cancelRedemption,
  checkCancelUntil,
} from '../../../subgraphs/venues/domain/cancel.ts';
import { refusalMessage } from '../../../subgraphs/venues/domain/messages.ts';
import type { Redemption } from '../../../subgraphs/venues/domain/redemption.ts';
import { performance } from './examples.ts';

const startsAt = '2026-11-22T16:00:00.000Z';
const endsAt = '2026-11-22T18:00:00.000Z';
const evening = { ...performance, startsAt, endsAt };
const ticket = { status: 'VALID' } as Redemption;
const by = (minutes: number | null, who: 'VENUE' | 'HOLDER', now: string): unknown => {
  const answer = cancelRedemption(ticket, { ...evening, cancelUntilMinutes: minutes }, who, now);
  return isRefusal(answer) ? answer.code : answer;
};

describe('until when a ticket is cancelled', () => {
  it.each([
    [null, endsAt],
    [0, startsAt],
    [120, '2026-11-22T14:00:00.000Z'],
    [1_440, '2026-11-21T16:00:00.000Z'],
  ])('a limit of %s minutes closes at %s', (cancelUntilMinutes, closes) => {
    expect(cancelClosesAt({ startsAt, endsAt, cancelUntilMinutes })).toBe(closes);
  });

  it('until two hours before the start: the holder up to that moment and not at it, the venue always', () => {
    expect(by(120, 'HOLDER', '2026-11-22T13:59:59.999Z')).toBe('CANCEL');
    expect(by(120, 'HOLDER', '2026-11-22T14:00:00.000Z')).toBe('CANCEL_TOO_LATE');
    expect(by(120, 'VENUE', '2026-11-22T14:00:00.000Z')).toBe('CANCEL');
    expect(by(120, 'VENUE', '2026-11-23T14:00:00.000Z')).toBe('CANCEL');
  });

  it('without a limit the holder cancels until the end', () => {
    expect(by(null, 'HOLDER', '2026-11-22T17:59:59.999Z')).toBe('CANCEL');
    expect(by(null, 'HOLDER', endsAt)).toBe('OUTSIDE_WINDOW');
  });

  it('too late is said with the moment in Helsinki time, in three languages', () => {
    const late = cancelRedemption(ticket, { ...evening, cancelUntilMinutes: 120 }, 'HOLDER', startsAt);
    if (!isRefusal(late)) throw new Error('It was not too late.');
    expect(late.facts).toEqual({ closedAt: '2026-11-22T14:00:00.000Z', startsAt, minutes: 120 });
    const { fi, sv, en } = refusalMessage('CANCEL_TOO_LATE', late.facts);
    expect(fi).toContain('22.11. klo 16.00');
    expect(sv).toContain('22.11');
    expect(en).toContain('22 November');
  });

  it.each([-1, 1.5, 43_201, Number.NaN])('%s minutes are bad input', (minutes) => {
    expect(() => checkCancelUntil(minutes)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it.each([null, 0, 43_200])('%s minutes are good', (minutes) => {
    expect(() => checkCancelUntil(minutes)).not.toThrow();
  });
});
