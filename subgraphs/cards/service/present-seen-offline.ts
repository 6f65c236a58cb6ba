import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, Millis } from '../../platform/units.ts';
import { readMobileToken } from '../domain/mobile-token.ts';
import { policy } from '../domain/policy.ts';
import { present, type PresentationRefusalCode } from '../domain/present.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { findRules } from '../store/rules.ts';
import { checkDoor, countedDoor, countMisses, readShownText } from './attempts.ts';
import type { CardsContext } from './context.ts';
import { readId } from './input.ts';
import { noteLook, signPresentation, type Presentation } from './presentation.ts';
import { findShown } from './shown-card.ts';

/** What a phone showed to a device without a network, and when by the device's clock. */
export interface SeenOffline {
  readonly code: string;
  readonly at: IsoInstant;
}

export type SeenOfflineAnswer = Presentation | Refusal<PresentationRefusalCode>;

export const mostSeen = 50;
/** As long as a device works by itself, and how far its clock may be off: as venues judge an upload. */
const longestAgo: Millis = 12 * 3_600_000;
const clockTolerance: Millis = 60_000;

/**
 * Phones that were seen without a network, one after the other in the order given; each token is judged and signed by its
 * `at`, so it is over for `redeem` ten minutes later and good for an upload. Phone and card are judged as of now: a device
 * may say any moment, and who is suspended or removed must not come in by an earlier one. Only phones sign: a printed code
 * is refused PHONE_TOKEN_UNREADABLE. An `at` more than 12 hours ago or a minute ahead is PHONE_TOKEN_EXPIRED with how far
 * from now (`seconds`). Throws BAD_INPUT and FORBIDDEN.
 */
export async function presentSeenOffline(
  context: CardsContext,
  input: { readonly venueId: string; readonly shown: readonly SeenOffline[] },
): Promise<readonly SeenOfflineAnswer[]> {
  const venueId = readId('venueId', input.venueId);
  const { length } = input.shown;
  if (length < 1 || length > mostSeen) {
    throw badInput(`shown is 1 to ${mostSeen} tokens of phones.`, { field: 'shown', most: mostSeen });
  }
  // A device that kept nothing of a phone sends an empty text: that is one refusal, and no reason to lose the others.
  for (const { code } of input.shown) if (code.trim() !== '') readShownText(code, 'shown');
  if (!policy.presentCard(context.viewer, venueId)) throw forbidden();
  const answers: SeenOfflineAnswer[] = [];
  for (const seen of input.shown) answers.push(await presentOne(context, venueId, seen));
  return answers;
}

async function presentOne(
  { services, viewer, requestId }: CardsContext,
  venueId: string,
  { code, at }: SeenOffline,
): Promise<SeenOfflineAnswer> {
  const { database, clock, signer } = services;
  const token = readMobileToken(code);
  if (isRefusal(token)) return token;
  const now = clock.now();
  const seenAt = new Date(at);
  const ahead = seenAt.getTime() - now.getTime();
  if (!(ahead >= -longestAgo && ahead <= clockTolerance)) {
    return refuse('PHONE_TOKEN_EXPIRED', { seconds: Math.round(ahead / 1000) });
  }
  const door = countedDoor(services, viewer, venueId);
  const locked = await checkDoor(services, door, now);
  if (locked) return locked;
  const shown = await findShown(database.reader, token, seenAt);
  if (isRefusal(shown)) return shown;
  const published = await findRules(database.reader, Object.values(ruleKeys));
  const grant = present(shown.card, rulesInForce(published, localDate(now), null), now);
  if (isRefusal(grant) && grant.code === 'CARD_UNKNOWN') {
    // A device cannot know that a phone was removed since it last asked: nobody guesses there.
    if (shown.isSigned) return grant;
    return (await countMisses(services, door, 1, now)) ?? grant;
  }
  const look = { viewer, venueId, requestId, purpose: 'PRESENTED_AT_VENUE', at: now.toISOString() } as const;
  const elsewhere = await database.write((trx) => noteLook(trx, shown, look));
  if (isRefusal(grant)) return grant;
  return elsewhere ?? signPresentation(await signer.currentKey(now), grant, { venueId, now: seenAt });
}
