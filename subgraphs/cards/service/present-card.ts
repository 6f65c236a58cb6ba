import { localDate } from '../../platform/clock.ts';
import { forbidden } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { CommunityUser } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import { present, type PresentationRefusalCode } from '../domain/present.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { findRules } from '../store/rules.ts';
import { checkDoor, countedDoor, countMisses, readShownText } from './attempts.ts';
import { noteCommunityUse } from './community-use.ts';
import type { CardsContext } from './context.ts';
import { readId } from './input.ts';
import { noteLook, signPresentation, type Presentation } from './presentation.ts';
import { findShown, isShown, readShown } from './shown-card.ts';

export interface PresentCardInput {
  /** The printed code, or the token that a phone shows. */
  readonly code: string;
  readonly venueId: string;
  /** For an organisation's card: who came with it, counted by month. */
  readonly usedBy?: CommunityUser | null | undefined;
}

/**
 * A venue's staff shows a code to the register. Throws BAD_INPUT and FORBIDDEN; everything that a guest can hear is a
 * refusal. A presentation is the token, and a use is recorded when venues redeem it; stored are only the look at the card
 * and, of a code that no card has, one more miss.
 */
export async function presentCard(
  { services, viewer, requestId }: CardsContext,
  input: PresentCardInput,
): Promise<Presentation | Refusal<PresentationRefusalCode>> {
  const venueId = readId('venueId', input.venueId);
  const typed = readShownText(input.code);
  if (!policy.presentCard(viewer, venueId)) throw forbidden();
  const read = readShown(typed);
  if (!isShown(read)) return read;

  const { database, clock, signer } = services;
  const now = clock.now();
  const door = countedDoor(services, viewer, venueId);
  const [locked, shown, published, key] = await Promise.all([
    checkDoor(services, door, now),
    findShown(database.reader, read, now),
    findRules(database.reader, Object.values(ruleKeys)),
    signer.currentKey(now),
  ]);
  if (locked) return locked;
  if (isRefusal(shown)) return shown;
  const grant = present(shown.card, rulesInForce(published, localDate(now), null), now);
  if (isRefusal(grant) && grant.code === 'CARD_UNKNOWN') {
    return (await countMisses(services, door, 1, now)) ?? grant;
  }
  const look = { viewer, venueId, requestId, purpose: 'PRESENTED_AT_VENUE', at: now.toISOString() } as const;
  const shownElsewhere = await database.write(async (trx) => {
    const elsewhere = await noteLook(trx, shown, look);
    if (!elsewhere && !isRefusal(grant)) await noteCommunityUse(trx, grant, input.usedBy, now);
    return elsewhere;
  });
  if (isRefusal(grant)) return grant;
  return shownElsewhere ?? signPresentation(key, grant, { venueId, now });
}
