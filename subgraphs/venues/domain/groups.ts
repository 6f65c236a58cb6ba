import { badInput } from '../../platform/errors.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { checkNumber, checkString } from './check-values.ts';
import type { TicketLine } from './lines.ts';
import type { Override } from './override.ts';
import { asideText } from './request.ts';
import { problem, refuseProblems } from './problem.ts';

export const longestLabel = 80;
const mostPlaces: TicketCount = 1_000;
/** Most cards of one group. */
export const mostCards = 60;

/** Places that a venue keeps for a known group. */
export interface GroupHoldWish {
  readonly places: TicketCount;
  readonly expiresAt: IsoInstant;
  /** An organisation's name: a school, a care home. Never a person's. */
  readonly label: string;
}

/**
 * Whether places may be kept like this: 1 to 1 000, for an organisation with a name of at most 80 characters, until a
 * moment that is to come and not after the start. Gives the wish with its label trimmed. Throws BAD_INPUT.
 */
export function checkGroupHold(wish: GroupHoldWish, startsAt: IsoInstant, now: IsoInstant): GroupHoldWish {
  const label = wish.label.trim();
  refuseProblems([
    ...checkNumber(wish.places, 'places', 1, mostPlaces),
    ...(label === '' ? [problem('MISSING', 'label')] : []),
    ...checkString(label, 'label', longestLabel),
  ]);
  if (/[@\n\r\t]|\d{6}/.test(label)) {
    throw badInput('label is the name of an organisation on one line: no address, no number, no person.', {
      field: 'label',
    });
  }
  if (wish.expiresAt <= now || wish.expiresAt > startsAt) {
    throw badInput('expiresAt is to come, and not after the performance starts.', {
      field: 'expiresAt',
      now,
      startsAt,
    });
  }
  return { ...wish, label };
}

/** The same text for the same wish. */
export function holdText(performanceId: string, { places, expiresAt, label }: GroupHoldWish): string {
  return JSON.stringify(['holdPlaces', performanceId, places, expiresAt, label]);
}

/** 1 to 60 cards. Throws BAD_INPUT. */
export function checkCards(cards: readonly unknown[]): void {
  if (cards.length >= 1 && cards.length <= mostCards) return;
  throw badInput(`A group has 1 to ${mostCards} cards.`, { cards: cards.length, most: mostCards });
}

/** What a group asks for, in the order of its cards: the same text for the same wish. */
export function groupText(
  performanceId: string,
  holdId: string | null,
  entries: readonly { readonly cardId: string; readonly lines: readonly TicketLine[] }[],
  overrides: readonly Override[] = [],
): string {
  const sorted = entries.map(({ cardId, lines }) => [
    cardId,
    ...lines.map(({ type, count }) => `${type}:${count}`).sort(),
  ]);
  return JSON.stringify(['redeemGroup', performanceId, holdId, sorted, ...asideText(overrides)]);
}

/** The places in this list whose card stands in it before already: a card is shown once. */
export function repeated(cardIds: readonly string[]): ReadonlySet<number> {
  const again = new Set<number>();
  for (const [index, cardId] of cardIds.entries()) if (cardIds.indexOf(cardId) < index) again.add(index);
  return again;
}
