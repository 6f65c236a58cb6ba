import { badInput } from '../../platform/errors.ts';
import type { Override } from './override.ts';
import { ticketLineTypes, type TicketLine } from './lines.ts';

const requestIdForm = /^[\x21-\x7e]{8,100}$/;
const mostPerLine = 50;
const longestSearch = 200;

/** An idempotency key: 8 to 100 printable characters without a space. Throws BAD_INPUT. */
export function checkRequestId(requestId: string): void {
  if (!requestIdForm.test(requestId)) {
    throw badInput('requestId is 8 to 100 printable ASCII characters without a space, such as a UUID.');
  }
}

/** What somebody searches for: at most 200 characters. Throws BAD_INPUT. */
export function checkSearch(search: string | null | undefined): void {
  if (search && search.length > longestSearch) {
    throw badInput(`search has at most ${longestSearch} characters.`, { most: longestSearch });
  }
}

/** Ticket lines as sent: whole counts from 0 to 50, each type once, at least one ticket. Throws BAD_INPUT. */
export function checkCounts(lines: readonly TicketLine[]): readonly TicketLine[] {
  const seen = new Set<string>();
  for (const { type, count } of lines) {
    if (!ticketLineTypes.includes(type))
      throw badInput(`A line's type is one of ${ticketLineTypes.join(', ')}.`);
    if (seen.has(type)) throw badInput('Each type of ticket line may come once.', { line: type });
    if (!Number.isInteger(count) || count < 0 || count > mostPerLine) {
      throw badInput(`A line's count is a whole number from 0 to ${mostPerLine}.`, {
        line: type,
        most: mostPerLine,
      });
    }
    seen.add(type);
  }
  const wanted = lines.filter(({ count }) => count > 0);
  if (wanted.length === 0) throw badInput('At least one ticket is needed.', { tickets: 0 });
  return wanted;
}

/** What a redeem request asks for, whatever the order of its lines: the same text for the same wish. */
export function redeemText(
  cardId: string,
  performanceId: string,
  lines: readonly TicketLine[],
  overrides: readonly Override[] = [],
): string {
  const sorted = lines.map(({ type, count }) => [type, count] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(['redeem', cardId, performanceId, sorted, ...asideText(overrides)]);
}

/** What a wish sets aside, as a part of its text whatever the order; nothing where it sets nothing aside. */
export function asideText(
  overrides: readonly Override[],
): readonly (readonly (readonly [string, string])[])[] {
  const aside = overrides
    .map(({ limit, reason }) => [limit, reason] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return aside.length > 0 ? [aside] : [];
}

export function cancelText(redemptionId: string): string {
  return JSON.stringify(['cancel', redemptionId]);
}
