import { localDate } from '../../platform/clock.ts';
import { isRefusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { capReached, placesWhenFull } from '../domain/cap.ts';
import type { Traced } from '../domain/limits/index.ts';
import { ticketsOf, type TicketLine } from '../domain/lines.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkCounts, checkRequestId, redeemText } from '../domain/request.ts';
import { checkEntries, conflictText, judgeUseTime } from '../domain/slice.ts';
import { sha256 } from '../store/hash.ts';
import { claimRequest } from '../store/requests.ts';
import { insertConflict, type Slice } from '../store/slices.ts';
import { decide } from './decide.ts';
import { doorFacts, findPerformance, type DoorFacts } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import { readToken, unread } from './presentation-token.ts';
import { ownSlice } from './slice.ts';
import { earlierUse, type UseKey } from './slice-earlier.ts';
import { recordUse, type UseAttempt } from './slice-use.ts';
import { withTrace } from './trace.ts';

/** A guest whom a device let in without a network. */
export interface OfflineUse {
  readonly requestId: string;
  /** The token that cards signed for what was shown at the door. */
  readonly presentation: string;
  readonly lines: readonly TicketLine[];
  /** When the guest came in, by the device's clock. */
  readonly at: IsoInstant;
}

export interface UploadRedemptionsInput {
  readonly sliceId: string;
  readonly entries: readonly OfflineUse[];
}

/** What became of one use; a refusal is kept as a conflict: the guest is inside, and the cap holds all the same. */
export interface UploadedUse {
  readonly requestId: string;
  readonly answer: Redemption | Traced<RedemptionRefusalCode>;
}

const maxAttempts = 5;

/**
 * Uses of a slice come in when the network is back: each one a transaction of its own, judged by the moment at which the
 * guest came in. Places of the slice go first while they are kept, then free ones; for whom there is none, and whatever
 * else is in the way, is kept as a conflict that the venue reads. The same requestId gives the same answer, in any order
 * and from several uploads at once; it is the answer of `redeem` when the door was asked under it before. Throws BAD_INPUT
 * before anything is stored, NOT_FOUND, FORBIDDEN.
 */
export async function uploadRedemptions(
  env: Environment,
  viewer: Viewer,
  { sliceId, entries }: UploadRedemptionsInput,
): Promise<readonly UploadedUse[]> {
  const slice = await ownSlice(env, viewer, sliceId);
  checkEntries(entries);
  const uses = entries.map((entry) => {
    checkRequestId(entry.requestId);
    return { ...entry, lines: checkCounts(entry.lines) };
  });
  const performance = await findPerformance(env.database.reader, slice.performanceId);
  if (!performance) throw new Error(`Slice ${slice.id} has no performance.`);
  const facts = await doorFacts(env.database.reader, performance);
  const uploaded: UploadedUse[] = [];
  // One after the other: the places of the slice go to those who came in first in the device's list.
  for (const use of uses) {
    uploaded.push({ requestId: use.requestId, answer: await upload(env, slice, facts, use) });
  }
  return uploaded;
}

async function upload(
  env: Environment,
  slice: Slice,
  facts: DoorFacts,
  use: OfflineUse,
): Promise<UploadedUse['answer']> {
  const { performance } = facts;
  const { requestId, lines, at } = use;
  const db = env.database.reader;
  const presentation = await readToken(db, use.presentation);
  const key: UseKey = {
    scope: `venue:${slice.venueId}`,
    venueId: slice.venueId,
    requestId,
    fingerprint: isRefusal(presentation)
      ? null
      : sha256(redeemText(presentation.cardId, performance.id, lines)),
    conflictFingerprint: sha256(conflictText(performance.id, lines, at)),
  };
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const earlier = await earlierUse(db, key, facts, { presentation, lines });
    if (earlier) return earlier;
    const now = env.clock.now().toISOString();
    const usedAt = judgeUseTime(at, slice.openedAt, now);
    const attempt = isRefusal(presentation)
      ? presentation
      : isRefusal(usedAt)
        ? usedAt
        : await decide<UseAttempt>(env.database, (trx, no) =>
            recordUse(env, { key, slice, facts, presentation, lines, usedAt, now }, trx, no),
          );
    if (attempt === 'AGAIN' || attempt === 'EARLIER') continue;
    if (isRefusal(attempt) || attempt.kind === 'full') {
      const isFull = attempt.kind === 'full';
      if (isFull && attempt.held > 0 && (await expireHoldsOf(env, performance.id))) continue;
      const refusal = isFull ? capReached(attempt, facts.rules, facts.place, localDate(now)) : attempt;
      const asked = isRefusal(presentation) ? unread(presentation) : { presentation };
      const question = { ...asked, lines, now: typeof usedAt === 'string' ? usedAt : now, onBehalf: false };
      const traced = await withTrace(
        db,
        refusal,
        facts,
        question,
        isFull ? placesWhenFull(attempt) : undefined,
      );
      // The key that signed it may only be on its way to us: nothing is kept, so that the device asks again.
      if (traced.code === 'PRESENTATION_INVALID' && traced.facts['reason'] === 'KEY_UNKNOWN') return traced;
      if (await keepConflict(env, { key, slice, use, refusal: traced, now })) return traced;
      continue;
    }
    ring(env.live, performance);
    return attempt;
  }
  throw new Error(`Offline use ${requestId} met a changing state ${maxAttempts} times.`);
}

/** Keeps what is known of a guest who is inside. False: the key was taken meanwhile, and nothing was stored. */
async function keepConflict(
  { database }: Environment,
  conflict: {
    readonly key: UseKey;
    readonly slice: Slice;
    readonly use: OfflineUse;
    readonly refusal: Traced<RedemptionRefusalCode>;
    readonly now: IsoInstant;
  },
): Promise<boolean> {
  const { key, slice, use, refusal, now } = conflict;
  const { scope, requestId, conflictFingerprint: fingerprint } = key;
  return database.write(async (trx) => {
    const claim = { scope, requestId, fingerprint, redemptionId: null, turnAwayId: null };
    if (!(await claimRequest(trx, claim, now))) return false;
    await insertConflict(trx, {
      venueId: slice.venueId,
      requestId,
      fingerprint,
      sliceId: slice.id,
      performanceId: slice.performanceId,
      tickets: ticketsOf(use.lines),
      usedAt: use.at,
      uploadedAt: now,
      refusal,
    });
    return true;
  });
}
