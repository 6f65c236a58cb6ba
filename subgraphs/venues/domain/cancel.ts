import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Performance } from './catalogue.ts';
import type { Redemption } from './redemption.ts';

/**
 * Whether a redemption may be cancelled. A holder may until the performance ends: after that no place can be given
 * back. The venue may at any time, to put right what was recorded wrongly. Cancelling twice is no refusal: ALREADY.
 */
export function cancelRedemption(
  redemption: Redemption,
  performance: Performance,
  by: 'VENUE' | 'HOLDER',
  now: IsoInstant,
): 'CANCEL' | 'ALREADY' | Refusal<'OUTSIDE_WINDOW'> {
  if (redemption.status === 'CANCELLED') return 'ALREADY';
  if (by === 'HOLDER' && now >= performance.endsAt) {
    return refuse('OUTSIDE_WINDOW', {
      opensAt: null,
      closedAt: performance.endsAt,
      startsAt: performance.startsAt,
    });
  }
  return 'CANCEL';
}
