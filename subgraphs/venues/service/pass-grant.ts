import { forbidden } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { checkGrant, lastDayOf, type Pass } from '../domain/pass.ts';
import { policy } from '../domain/policy.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkRequestId } from '../domain/request.ts';
import { checkPresented } from '../domain/visit.ts';
import { lockCard } from '../store/card-identity.ts';
import { sha256 } from '../store/hash.ts';
import { findPassBy, insertPass, passesOfCard } from '../store/passes.ts';
import { claimRequest } from '../store/requests.ts';
import { decide } from './decide.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { readToken } from './presentation-token.ts';
import { useRecorded } from './visit-events.ts';
import { termsMissing, visitPlace } from './visit-place.ts';

export interface GrantPassInput {
  /** The signed token that cards gave. */
  readonly presentation: string;
  readonly offeringId: string;
  readonly requestId: string;
}

/** A card has one pass of an offering at a time, and not more than these in all that are looked at. */
const mostPasses = 100;

/**
 * The staff of a swimming hall or a gym gives a card its series pass, with the visits and the last day that the terms say
 * now. The same requestId with the same wish gives the same pass. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN,
 * REQUEST_ID_REUSED.
 */
export async function grantPass(
  env: Environment,
  viewer: Viewer,
  { presentation: token, offeringId, requestId }: GrantPassInput,
): Promise<Pass | Refusal<RedemptionRefusalCode>> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  checkRequestId(requestId);
  const db = env.database.reader;
  const place = await visitPlace(db, viewer, offeringId, ['SERIES_PASS']);
  const { pass: terms } = place.terms;
  if (!terms) throw termsMissing(offeringId, 'pass');
  const presentation = await readToken(db, token);
  if (isRefusal(presentation)) return presentation;

  const venueId = place.venue.id;
  const key: RequestKey = {
    scope: `venue:${venueId}`,
    requestId,
    fingerprint: sha256(JSON.stringify(['grantPass', presentation.cardId, offeringId])),
  };
  const earlier = async (): Promise<Pass | null> =>
    (await findEarlier(db, key)) ? findPassBy(db, venueId, requestId) : null;
  const before = await earlier();
  if (before) return before;

  const now = env.clock.now().toISOString();
  const wrong = checkPresented(presentation, venueId, now);
  if (wrong) return wrong;
  const answer = await decide<Pass | Refusal<RedemptionRefusalCode> | 'EARLIER'>(
    env.database,
    async (trx, no) => {
      if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now)))
        return no('EARLIER');
      const cardId = await lockCard(trx, presentation.cardId);
      const passes = await passesOfCard(trx, cardId, { offeringId, most: mostPasses });
      const refusal = checkGrant(terms, presentation.cardKind, passes, now);
      if (refusal) return no(refusal);
      const { visits } = terms;
      const expiresOn = lastDayOf(terms, now);
      const given = { id: newId(), venueId, offeringId, cardId, visits, expiresOn, grantedAt: now };
      const pass = await insertPass(trx, given, requestId);
      await appendEvent(trx, useRecorded(pass, place), now);
      return pass;
    },
  );
  if (answer !== 'EARLIER') return answer;
  const kept = await earlier();
  if (!kept) throw new Error(`Request ${requestId} is taken by a pass that is not there.`);
  return kept;
}
