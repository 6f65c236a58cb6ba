import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { CardKind, TicketLine } from './lines.ts';
import type { RedemptionStatus } from './words.ts';

export type CancelledBy = 'VENUE' | 'HOLDER' | 'PERFORMANCE';

/** One recorded use of a card at one performance. */
export interface Redemption {
  readonly kind: 'redemption';
  readonly id: string;
  readonly cardId: string;
  readonly cardKind: CardKind;
  readonly performanceId: string;
  readonly offeringId: string;
  readonly venueId: string;
  readonly lines: readonly TicketLine[];
  readonly tickets: TicketCount;
  /** The tickets of them that take a place of the cap. */
  readonly counted: TicketCount;
  readonly status: RedemptionStatus;
  readonly recordedAt: IsoInstant;
  readonly cancelledAt: IsoInstant | null;
  readonly cancelledBy: CancelledBy | null;
}

/** Every way in which the door, a cancel or a cap is answered with no. */
export const redemptionRefusalCodes = [
  'PRESENTATION_INVALID',
  'PRESENTATION_EXPIRED',
  'PERFORMANCE_CANCELLED',
  'OUTSIDE_WINDOW',
  'LINE_NOT_ALLOWED',
  'ALREADY_SEEN',
  'COURSE_LIMIT_REACHED',
  'CAP_REACHED',
  'NOT_POSSIBLE_ON_BEHALF',
  'ALREADY_CANCELLED',
  'CANCEL_TOO_LATE',
  'NOT_STARTED',
  'CAP_BELOW_USED',
  'CAP_BELOW_FLOOR',
  'CAP_SHARED_ALREADY',
  'PLACES_FREE',
  'WAITING_CLOSED',
  'ALREADY_WAITING',
  'OFFER_OVER',
  'SLICE_OPEN_ALREADY',
  'USE_TIME_WRONG',
  'REQUEST_ID_REUSED',
  'PERSONAL_CARD_NEEDED',
  'NO_PASS',
  'PASS_GIVEN_ALREADY',
  'PASS_USED_UP',
  'PASS_EXPIRED',
  'FEE_LIMIT_REACHED',
] as const;
export type RedemptionRefusalCode = (typeof redemptionRefusalCodes)[number];
