import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { WaitingStatus } from '../domain/words.ts';

/** A family that waits for places of one performance. */
export interface WaitingEntryTable {
  id: string;
  performance_id: string;
  venue_id: string;
  /** The card that joined; what it stands for now, card_identity says. No venue reads it. */
  card_id: string;
  /** The idempotency key that it joined with: of its card. */
  request_id: string;
  /** 1, 2, 3 … in the order of joining this performance's line. */
  number: number;
  /** JSON array of ticket lines. */
  lines: string;
  /** Tickets of them that count in the cap. */
  places: TicketCount;
  overtaken: number;
  status: WaitingStatus;
  /** Unique while it waits or has an offer: one entry per card and performance; null afterwards. */
  live_key: string | null;
  joined_at: IsoInstant;
  /** Of the offer that it got. */
  hold_id: string | null;
  offer_expires_at: IsoInstant | null;
  ended_at: IsoInstant | null;
  redemption_id: string | null;
}

export interface WaitingTables {
  waiting_entry: WaitingEntryTable;
}
