import { localDate } from '../../platform/clock.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import { capReached, placesWhenFull } from '../domain/cap.ts';
import type { Traced } from '../domain/limits/index.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Presentation } from '../domain/presentation.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import type { VenuesReader } from '../store/database.ts';
import { findRedemptions } from '../store/redemptions.ts';
import { findRequest, findTurnAway } from '../store/requests.ts';
import { findConflict } from '../store/slices.ts';
import type { DoorFacts } from './door-facts.ts';
import { unread } from './presentation-token.ts';
import { withTrace } from './trace.ts';

/** The idempotency key of an offline use: the venue's, and the same as that of `redeem`. */
export interface UseKey {
  readonly scope: string;
  readonly venueId: string;
  readonly requestId: string;
  /** As `redeem` makes it; null: what was shown could not be read. */
  readonly fingerprint: string | null;
  readonly conflictFingerprint: string;
}

/**
 * What was answered under this key: the redemption as it is now, the conflict as it was kept, or the full house that
 * `redeem` met. REQUEST_ID_REUSED when it was about something else: one use never stops the others of its upload.
 */
export async function earlierUse(
  db: VenuesReader,
  key: UseKey,
  facts: DoorFacts,
  shown: {
    readonly presentation: Presentation | Refusal<'PRESENTATION_INVALID'>;
    readonly lines: readonly TicketLine[];
  },
): Promise<Redemption | Traced<RedemptionRefusalCode> | null> {
  const request = await findRequest(db, key.scope, key.requestId);
  if (!request) return null;
  const { fingerprint, redemptionId, turnAwayId } = request;
  if (fingerprint === key.conflictFingerprint) {
    const conflict = await findConflict(db, key.venueId, key.requestId);
    if (conflict) return conflict.refusal;
  }
  if (fingerprint === key.fingerprint && redemptionId !== null) {
    const [redemption] = await findRedemptions(db, [redemptionId]);
    if (redemption) return redemption;
  }
  const turnAway =
    fingerprint === key.fingerprint && turnAwayId !== null ? await findTurnAway(db, turnAwayId) : null;
  const { presentation, lines } = shown;
  const asked = isRefusal(presentation) ? unread(presentation) : { presentation };
  if (!turnAway) {
    const reused = refuse('REQUEST_ID_REUSED', { requestId: key.requestId });
    return { ...reused, trace: [] };
  }
  const refusal = capReached(turnAway, facts.rules, facts.place, localDate(turnAway.at));
  const question = { ...asked, lines, now: turnAway.at, onBehalf: false };
  return withTrace(db, refusal, facts, question, placesWhenFull(turnAway));
}
