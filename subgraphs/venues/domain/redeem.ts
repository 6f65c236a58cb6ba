import type { Refusal } from '../../platform/refusals.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Offering, Performance } from './catalogue.ts';
import { judge, verdictsOf, type LimitName, type LimitQuestion, type SoftLimit } from './limits/index.ts';
import { countedTicketsOf, ticketsOf } from './lines.ts';
import type { Presentation } from './presentation.ts';

/** The card may have these tickets as far as the limits go; whether there is room, the store's guard decides. */
export interface Admission {
  readonly kind: 'admission';
  /** Unique among valid redemptions; null: this card may come as often as it likes. */
  readonly seenKey: string | null;
  readonly tickets: TicketCount;
  readonly counted: TicketCount;
  /** Soft limits that said no and were set aside with a reason. */
  readonly overridden: readonly SoftLimit[];
}

export type RedeemRefusal = Refusal<
  | 'PRESENTATION_INVALID'
  | 'PRESENTATION_EXPIRED'
  | 'PERFORMANCE_CANCELLED'
  | 'OUTSIDE_WINDOW'
  | 'LINE_NOT_ALLOWED'
  | 'ALREADY_SEEN'
  | 'COURSE_LIMIT_REACHED'
  | 'CAP_REACHED'
>;

export interface RedeemQuestion extends LimitQuestion {
  readonly presentation: Presentation;
  /** Soft limits that the venue sets aside this time. */
  readonly overrides?: ReadonlySet<LimitName>;
}

const none: ReadonlySet<LimitName> = new Set();

/**
 * Whether this card may have these tickets now. The first limit that says no answers; what the question does not know
 * (the card's uses, the places) refuses nobody, so it may be asked again when it does.
 * Source: domain.md "Venues and offerings", "Cards and holders"; design.md "The main job".
 */
export function redeem(question: RedeemQuestion): Admission | RedeemRefusal {
  const { presentation, performance, offering, lines, overrides = none } = question;
  const { refusal, overridden } = judge(verdictsOf(question), overrides);
  if (refusal) return refusal;
  const isOnceMore = overrides.has('ONCE_PER_PRODUCTION');
  return {
    kind: 'admission',
    seenKey: seenKeyOf(presentation, performance, offering, isOnceMore),
    tickets: ticketsOf(lines),
    counted: countedTicketsOf(lines),
    overridden,
  };
}

/** A personal card has one valid redemption per performance, or per production where the venue says so. */
function seenKeyOf(
  { cardId, cardKind }: Presentation,
  performance: Performance,
  offering: Offering,
  isOnceMore: boolean,
): string | null {
  if (cardKind === 'COMMUNITY') return null;
  return offering.oncePerProduction && !isOnceMore
    ? `offering:${offering.id}:${cardId}`
    : `performance:${performance.id}:${cardId}`;
}
