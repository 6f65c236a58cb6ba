import { conflict } from '../../platform/errors.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { FullPlaces } from '../domain/cap.ts';
import type { Traced } from '../domain/limits/index.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { VenuesReader } from '../store/database.ts';
import { findRedemptions } from '../store/redemptions.ts';
import { findRequest, findTurnAway, type Request } from '../store/requests.ts';

/** An idempotency key with the fingerprint of what is asked under it. */
export interface RequestKey {
  readonly scope: string;
  readonly requestId: string;
  readonly fingerprint: string;
}

/** The request that was made under this key, or null. Throws REQUEST_ID_REUSED when it asked for something else. */
export async function findEarlier(db: VenuesReader, key: RequestKey): Promise<Request | null> {
  const request = await findRequest(db, key.scope, key.requestId);
  if (request && request.fingerprint !== key.fingerprint) {
    throw conflict('REQUEST_ID_REUSED', 'This requestId was used for another request: make a new one.');
  }
  return request;
}

/** The numbers of a full house at the moment at which a guest met it. */
export interface FullHouse extends FullPlaces {
  readonly at: IsoInstant;
}

/** How a full house is answered; the same numbers give the same answer. */
export type AnswerFull = (full: FullHouse) => Promise<Traced<'CAP_REACHED'>>;

/** What redeem answered under this key: the redemption as it is now, or the refusal as it was then. */
export async function earlierAnswer(
  db: VenuesReader,
  key: RequestKey,
  answerFull: AnswerFull,
): Promise<Redemption | Traced<'CAP_REACHED'> | null> {
  const request = await findEarlier(db, key);
  if (!request) return null;
  if (request.redemptionId !== null) return (await findRedemptions(db, [request.redemptionId]))[0] ?? null;
  const turnAway = request.turnAwayId === null ? null : await findTurnAway(db, request.turnAwayId);
  return turnAway ? answerFull(turnAway) : null;
}
