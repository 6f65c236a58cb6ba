import { addDays, localDate } from '../../platform/clock.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { CardKind } from './lines.ts';
import type { PassState } from './pass-ledger.ts';
import type { PassTerms } from './terms.ts';

/** A series pass that a card was given: one redemption, with many visits. */
export interface Pass extends PassState {
  readonly kind: 'pass';
  readonly id: string;
  readonly venueId: string;
  readonly offeringId: string;
  readonly cardId: string;
  readonly grantedAt: IsoInstant;
  readonly cancelledAt: IsoInstant | null;
}

export const visitsLeft = ({ visits, used }: Pick<Pass, 'visits' | 'used'>): number =>
  Math.max(0, visits - used);

export const isOver = ({ expiresOn }: Pick<Pass, 'expiresOn'>, now: IsoInstant): boolean =>
  localDate(now) > expiresOn;

/** The last day of a pass that is given now: the day of giving is the first of `validDays`. */
export function lastDayOf({ validDays, validUntil }: PassTerms, now: IsoInstant): LocalDate {
  return validUntil ?? addDays(localDate(now), (validDays ?? 1) - 1);
}

/**
 * Whether a card may be given a pass now: `passes` are those that it has of this offering. A card has one at a time; a
 * pass is its holder's own, so community cards have none.
 */
export function checkGrant(
  terms: PassTerms,
  cardKind: CardKind,
  passes: readonly Pass[],
  now: IsoInstant,
): Refusal<'PERSONAL_CARD_NEEDED' | 'PASS_GIVEN_ALREADY' | 'PASS_EXPIRED'> | null {
  if (cardKind !== 'PERSONAL') return refuse('PERSONAL_CARD_NEEDED', { cardKind });
  const current = passes.find((pass) => !isOver(pass, now));
  if (current) return refuse('PASS_GIVEN_ALREADY', factsOf(current));
  const expiresOn = lastDayOf(terms, now);
  return isOver({ expiresOn }, now) ? refuse('PASS_EXPIRED', { expiredOn: expiresOn }) : null;
}

/**
 * The pass that a visit is taken of: of those that are not over (a card that took over another may have two) one with
 * visits left, and the one that is over first.
 */
export function passToUse(
  passes: readonly Pass[],
  now: IsoInstant,
): Pass | Refusal<'NO_PASS' | 'PASS_EXPIRED'> {
  const [best] = passes
    .filter((pass) => !isOver(pass, now))
    .sort((a, b) => Number(visitsLeft(a) === 0) - Number(visitsLeft(b) === 0) || compare(a, b));
  if (best) return best;
  const last = [...passes].sort(compare).at(-1);
  return last
    ? refuse('PASS_EXPIRED', { expiredOn: last.expiresOn, visits: last.visits, used: last.used })
    : refuse('NO_PASS');
}

const compare = (a: Pass, b: Pass): number => {
  const [first, second] = [`${a.expiresOn}${a.id}`, `${b.expiresOn}${b.id}`];
  return first < second ? -1 : first > second ? 1 : 0;
};

export function usedUp(pass: Pass): Refusal<'PASS_USED_UP'> {
  return refuse('PASS_USED_UP', factsOf(pass));
}

function factsOf({ visits, used, expiresOn }: Pass): {
  readonly visits: number;
  readonly used: number;
  readonly left: number;
  readonly expiresOn: LocalDate;
} {
  return { visits, used, left: visitsLeft({ visits, used }), expiresOn };
}
