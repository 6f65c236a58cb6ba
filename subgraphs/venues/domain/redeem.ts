import { localDate, localDateTime } from '../../platform/clock.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { Offering, Performance } from './catalogue.ts';
import { countedTicketsOf, ticketsOf, type TicketLine } from './lines.ts';
import { checkLines } from './line-rules.ts';
import type { Presentation } from './presentation.ts';
import { referenceTo, ruleInForce, type Place, type Rule } from './rules.ts';
import { redemptionWindows, type RedemptionWindow } from './words.ts';

/** The card may have these tickets as far as the rules go; whether there is room, and whether it has been here, the store decides. */
export interface Admission {
  readonly kind: 'admission';
  /** Unique among valid redemptions; null: this card may come as often as it likes. */
  readonly seenKey: string | null;
  readonly tickets: TicketCount;
  readonly counted: TicketCount;
}

export type RedeemRefusal = Refusal<
  | 'PRESENTATION_INVALID'
  | 'PRESENTATION_EXPIRED'
  | 'PERFORMANCE_CANCELLED'
  | 'OUTSIDE_WINDOW'
  | 'LINE_NOT_ALLOWED'
>;

export interface RedeemQuestion {
  readonly presentation: Presentation;
  readonly performance: Performance;
  readonly offering: Offering;
  readonly lines: readonly TicketLine[];
  readonly rules: readonly Rule[];
  readonly place: Place;
  readonly now: IsoInstant;
}

/**
 * Whether this card may have these tickets now. The first rule that says no answers.
 * Source: domain.md "Venues and offerings", "Cards and holders"; design.md "The main job".
 */
export function redeem(question: RedeemQuestion): Admission | RedeemRefusal {
  const { presentation, performance, offering, lines, now } = question;
  if (presentation.venueId !== performance.venueId)
    return refuse('PRESENTATION_INVALID', { reason: 'OTHER_VENUE' });
  if (presentation.expiresAt <= now)
    return refuse('PRESENTATION_EXPIRED', { expiredAt: presentation.expiresAt });
  if (performance.status === 'CANCELLED') {
    return refuse('PERFORMANCE_CANCELLED', { performanceId: performance.id, startsAt: performance.startsAt });
  }
  return (
    checkWindow(question) ??
    checkLines(presentation, offering, lines, question) ?? {
      kind: 'admission',
      seenKey: seenKeyOf(presentation, performance, offering),
      tickets: ticketsOf(lines),
      counted: countedTicketsOf(lines),
    }
  );
}

/**
 * A ticket is redeemed until the performance ends. SAME_DAY: only on its local date; a performance that runs past
 * midnight stays open to its end. Source: policy_rules.csv redeem.window (Kuopion kaupunginteatteri, 2025).
 */
function checkWindow({ performance, rules, place, now }: RedeemQuestion): Refusal<'OUTSIDE_WINDOW'> | null {
  const { startsAt, endsAt } = performance;
  if (now >= endsAt) return refuse('OUTSIDE_WINDOW', { opensAt: null, closedAt: endsAt, startsAt });
  const rule = ruleInForce(rules, 'redeem.window', place, localDate(now));
  const window = performance.redemptionWindow ?? asWindow(rule?.value);
  if (window === 'ANY_TIME' || localDate(now) >= localDate(startsAt)) return null;
  return refuse(
    'OUTSIDE_WINDOW',
    { opensAt: localDateTime(localDate(startsAt), '00:00'), closedAt: null, startsAt, window },
    rule && asWindow(rule.value) === window ? referenceTo(rule) : null,
  );
}

function asWindow(value: string | null | undefined): RedemptionWindow {
  return redemptionWindows.find((window) => window === value) ?? 'ANY_TIME';
}

/** A personal card has one valid redemption per performance, or per production where the venue says so. */
function seenKeyOf(
  { cardId, cardKind }: Presentation,
  performance: Performance,
  offering: Offering,
): string | null {
  if (cardKind === 'COMMUNITY') return null;
  return offering.oncePerProduction
    ? `offering:${offering.id}:${cardId}`
    : `performance:${performance.id}:${cardId}`;
}
