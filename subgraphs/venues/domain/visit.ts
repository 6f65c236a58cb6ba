import { addDays, localDate } from '../../platform/clock.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { ownLine } from './limits/lines.ts';
import { isOpenAt, openTimesOn, type Opening } from './opening-hours.ts';
import type { TicketLine } from './lines.ts';
import type { Presentation } from './presentation.ts';
import type { RedemptionStatus } from './words.ts';

/** Somebody came in: with a series pass, or where nobody books. */
export interface Visit {
  readonly kind: 'visit';
  readonly id: string;
  readonly venueId: string;
  readonly offeringId: string;
  readonly cardId: string;
  /** Null: open entry. */
  readonly passId: string | null;
  readonly lines: readonly TicketLine[];
  readonly tickets: TicketCount;
  readonly status: RedemptionStatus;
  readonly recordedAt: IsoInstant;
  readonly cancelledAt: IsoInstant | null;
}

/** Whether the card was checked for this venue and this moment: at its last moment no more. */
export function checkPresented(
  { venueId: signedFor, expiresAt }: Presentation,
  venueId: string,
  now: IsoInstant,
): Refusal<'PRESENTATION_INVALID' | 'PRESENTATION_EXPIRED'> | null {
  if (signedFor !== venueId) return refuse('PRESENTATION_INVALID', { reason: 'OTHER_VENUE' });
  return expiresAt > now ? null : refuse('PRESENTATION_EXPIRED', { expiredAt: expiresAt });
}

/** At most the lines that the card was presented with, and always its own among them. */
export function checkLines(
  { cardKind, allowed }: Presentation,
  lines: readonly TicketLine[],
): Refusal<'LINE_NOT_ALLOWED'> | null {
  const tooMany = lines.find(({ type, count }) => count > (allowed[type] ?? 0));
  if (tooMany) {
    const { type: line, count: wanted } = tooMany;
    return refuse('LINE_NOT_ALLOWED', { line, wanted, allowed: allowed[line] ?? 0, reason: 'CARD' });
  }
  const line = ownLine[cardKind];
  return lines.some(({ type, count }) => type === line && count > 0)
    ? null
    : refuse('LINE_NOT_ALLOWED', {
        line,
        wanted: 0,
        allowed: allowed[line] ?? 0,
        reason: 'CARD_ITSELF_MISSING',
      });
}

const daysAhead = 14;

/** Whether it is open now; the refusal says when it opens next, within two weeks. */
export function checkOpen(opening: Opening, now: IsoInstant): Refusal<'OUTSIDE_WINDOW'> | null {
  if (isOpenAt(opening, now)) return null;
  const today = localDate(now);
  const next = Array.from({ length: daysAhead }, (_, day) => openTimesOn(opening, addDays(today, day)))
    .flat()
    .find(({ opensAt }) => opensAt > now);
  return refuse('OUTSIDE_WINDOW', { window: 'OPENING', opensAt: next?.opensAt ?? null });
}
