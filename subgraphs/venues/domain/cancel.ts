import { badInput } from '../../platform/errors.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Performance } from './catalogue.ts';
import type { Redemption } from './redemption.ts';

const minuteMs = 60_000;
const mostMinutes = 30 * 24 * 60;

/** Whole minutes before the start, at most 30 days; null: no limit of the venue's own. Throws BAD_INPUT. */
export function checkCancelUntil(minutes: number | null): void {
  if (minutes === null || (Number.isInteger(minutes) && minutes >= 0 && minutes <= mostMinutes)) return;
  throw badInput(
    `cancelUntilMinutes is a whole number from 0 to ${mostMinutes}, or null for until the end.`,
    {
      field: 'cancelUntilMinutes',
      most: mostMinutes,
    },
  );
}

/** The moment from which a holder cancels no more: what the venue says, else the end of the performance. */
export function cancelClosesAt({
  startsAt,
  endsAt,
  cancelUntilMinutes = null,
}: Pick<Performance, 'startsAt' | 'endsAt' | 'cancelUntilMinutes'>): IsoInstant {
  if (cancelUntilMinutes === null) return endsAt;
  return new Date(Date.parse(startsAt) - cancelUntilMinutes * minuteMs).toISOString();
}

/**
 * Whether a redemption may be cancelled. A holder may until the venue's limit before the start (CANCEL_TOO_LATE), or
 * until the performance ends where it has none (OUTSIDE_WINDOW): after that no place can be given back. The venue may at
 * any time, to put right what was recorded wrongly. Cancelling twice is no refusal: ALREADY.
 */
export function cancelRedemption(
  redemption: Redemption,
  performance: Performance,
  by: 'VENUE' | 'HOLDER',
  now: IsoInstant,
): 'CANCEL' | 'ALREADY' | Refusal<'OUTSIDE_WINDOW' | 'CANCEL_TOO_LATE'> {
  if (redemption.status === 'CANCELLED') return 'ALREADY';
  const closedAt = cancelClosesAt(performance);
  if (by === 'VENUE' || now < closedAt) return 'CANCEL';
  const { startsAt, cancelUntilMinutes = null } = performance;
  return cancelUntilMinutes === null
    ? refuse('OUTSIDE_WINDOW', { opensAt: null, closedAt, startsAt })
    : refuse('CANCEL_TOO_LATE', { closedAt, startsAt, minutes: cancelUntilMinutes });
}
