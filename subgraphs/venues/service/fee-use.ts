import { forbidden } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Cents } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { checkCents, coveredOf, feeLimitReached, yearOf, type FeeUse } from '../domain/fee-use.ts';
import type { FeeKind } from '../domain/fee.ts';
import { policy } from '../domain/policy.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkRequestId } from '../domain/request.ts';
import { checkPresented } from '../domain/visit.ts';
import { lockCard } from '../store/card-identity.ts';
import { coveredInYear, findFeeUseBy, insertFeeUse } from '../store/fee-uses.ts';
import { sha256 } from '../store/hash.ts';
import { claimRequest } from '../store/requests.ts';
import { decide } from './decide.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { readToken } from './presentation-token.ts';
import { useRecorded } from './visit-events.ts';
import { termsMissing, visitPlace } from './visit-place.ts';

export interface UseFeeBenefitInput {
  /** The signed token that cards gave. */
  readonly presentation: string;
  /** A FEE_BENEFIT. */
  readonly offeringId: string;
  readonly feeKind: FeeKind;
  /** The whole fee. */
  readonly cents: Cents;
  readonly requestId: string;
}

type FeeAnswer = FeeUse | Refusal<RedemptionRefusalCode>;

/**
 * A card covers a fee up to the limit of one use, and its holder pays the rest; the limit of the calendar year takes it
 * whole or refuses it. The same requestId with the same wish gives the same use. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN,
 * REQUEST_ID_REUSED.
 */
export async function useFeeBenefit(
  env: Environment,
  viewer: Viewer,
  { presentation: token, offeringId, feeKind, cents, requestId }: UseFeeBenefitInput,
): Promise<FeeAnswer> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  checkRequestId(requestId);
  checkCents(cents);
  const db = env.database.reader;
  const place = await visitPlace(db, viewer, offeringId, ['FEE_BENEFIT']);
  const limit = place.terms.fees.find(({ fee }) => fee === feeKind);
  if (!limit) throw termsMissing(offeringId, `limit of ${feeKind}`);
  const presentation = await readToken(db, token);
  if (isRefusal(presentation)) return presentation;

  const { cardId: signedFor, cardKind } = presentation;
  const venueId = place.venue.id;
  const key: RequestKey = {
    scope: `venue:${venueId}`,
    requestId,
    fingerprint: sha256(JSON.stringify(['useFeeBenefit', signedFor, offeringId, feeKind, cents])),
  };
  const earlier = async (): Promise<FeeUse | null> =>
    (await findEarlier(db, key)) ? findFeeUseBy(db, venueId, requestId) : null;
  const before = await earlier();
  if (before) return before;

  const now = env.clock.now().toISOString();
  const wrong = checkPresented(presentation, venueId, now);
  if (wrong) return wrong;
  if (cardKind !== 'PERSONAL') return refuse('PERSONAL_CARD_NEEDED', { cardKind });
  const coveredCents = coveredOf(limit, cents);
  const year = yearOf(now);
  const answer = await decide<FeeAnswer | 'EARLIER'>(env.database, async (trx, no) => {
    if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now)))
      return no('EARLIER');
    const cardId = await lockCard(trx, signedFor);
    const yearKey = { cardId, offeringId, feeKind, year };
    if (!(await env.uses.coverFee(trx, yearKey, coveredCents, limit.perYearCents))) {
      return no(feeLimitReached(limit, await coveredInYear(trx, yearKey), coveredCents, year));
    }
    const use: FeeUse = {
      kind: 'feeUse',
      id: newId(),
      venueId,
      ...yearKey,
      cents,
      coveredCents,
      recordedAt: now,
      status: 'VALID',
      cancelledAt: null,
    };
    await insertFeeUse(trx, use, requestId);
    await appendEvent(trx, useRecorded(use, place), now);
    return use;
  });
  if (answer !== 'EARLIER') return answer;
  const kept = await earlier();
  if (!kept) throw new Error(`Request ${requestId} is taken by a fee that is not there.`);
  return kept;
}
