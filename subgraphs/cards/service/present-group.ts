import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import { checkGroupSize, groupVisit, type GroupRefusalCode } from '../domain/group-visit.ts';
import { policy } from '../domain/policy.ts';
import { present, type PresentationGrant, type PresentationRefusalCode } from '../domain/present.ts';
import { ruleKeys, rulesInForce, type CardRules } from '../domain/rules.ts';
import type { CardsReader } from '../store/database.ts';
import { findRules } from '../store/rules.ts';
import { checkDoor, countedDoor, countMisses, readShownText } from './attempts.ts';
import type { CardsContext } from './context.ts';
import { readId } from './input.ts';
import { noteLook, signPresentation, type Presentation } from './presentation.ts';
import { findShown, isShown, readShown, type ShownCard } from './shown-card.ts';

/** All cards of a group, good. */
export interface GroupPresentation {
  readonly presentations: readonly Presentation[];
}

/** A group that cannot go in as it is; with GROUP_CARDS_REFUSED which of the cards, by their place from 0. */
export interface GroupRefusal extends Refusal<GroupRefusalCode> {
  readonly cards: readonly RefusedCard[];
}

export interface RefusedCard {
  readonly place: number;
  readonly refusal: Refusal<PresentationRefusalCode>;
}

type Decided = PresentationGrant | Refusal<PresentationRefusalCode>;

const mostCodes = 20;

/**
 * A community worker and the members of the group show their cards in one go: all of them are good, or it is said of each
 * that is not. Nothing is granted when one is refused. Throws BAD_INPUT and FORBIDDEN.
 */
export async function presentGroup(
  { services, viewer, requestId }: CardsContext,
  input: { readonly venueId: string; readonly codes: readonly string[] },
): Promise<GroupPresentation | GroupRefusal> {
  const venueId = readId('venueId', input.venueId);
  if (input.codes.length > mostCodes) {
    throw badInput(`codes are the cards of one group, at most ${mostCodes} are read.`, { field: 'codes' });
  }
  const typed = input.codes.map((code) => readShownText(code, 'codes'));
  if (!policy.presentCard(viewer, venueId)) throw forbidden();

  const { database, clock, signer } = services;
  const now = clock.now();
  const door = countedDoor(services, viewer, venueId);
  const rules = rulesInForce(await findRules(database.reader, Object.values(ruleKeys)), localDate(now), null);
  const size = checkGroupSize(typed.length, rules);
  if (size) return whole(size);
  const locked = await checkDoor(services, door, now);
  if (locked) return whole(locked);

  const shown = await Promise.all(typed.map((one) => look(database.reader, one, now)));
  const decided = shown.map((one) => decideOn(one, rules, now));
  const misses = decided.filter((one) => isRefusal(one) && one.code === 'CARD_UNKNOWN').length;
  const tooMany = misses > 0 ? await countMisses(services, door, misses, now) : null;
  if (tooMany) return whole(tooMany);

  const seen = { viewer, venueId, requestId, purpose: 'PRESENTED_AT_VENUE', at: now.toISOString() } as const;
  const elsewhere = await database.write(async (trx) => {
    const answers: (Refusal<'TOKEN_ALREADY_SHOWN'> | null)[] = [];
    for (const one of shown) answers.push(isRefusal(one) ? null : await noteLook(trx, one, seen));
    return answers;
  });
  const answers = decided.map((one, place) => (isRefusal(one) ? one : (elsewhere[place] ?? one)));
  const refused = answers.flatMap((refusal, place) => (isRefusal(refusal) ? [{ place, refusal }] : []));
  if (refused.length > 0)
    return { ...refuse('GROUP_CARDS_REFUSED', { refused: refused.length }), cards: refused };

  const grants = groupVisit(
    answers.filter((one) => !isRefusal(one)),
    rules,
  );
  if (isRefusal(grants)) return whole(grants);
  const key = await signer.currentKey(now);
  return { presentations: grants.map((grant) => signPresentation(key, grant, { venueId, now })) };
}

async function look(
  db: CardsReader,
  typed: string,
  now: Date,
): Promise<ShownCard | Refusal<PresentationRefusalCode>> {
  const read = readShown(typed);
  return isShown(read) ? findShown(db, read, now) : read;
}

function decideOn(shown: ShownCard | Refusal<PresentationRefusalCode>, rules: CardRules, now: Date): Decided {
  return isRefusal(shown) ? (shown as Refusal<PresentationRefusalCode>) : present(shown.card, rules, now);
}

function whole(refusal: Refusal<GroupRefusalCode>): GroupRefusal {
  return { ...refusal, cards: [] };
}
