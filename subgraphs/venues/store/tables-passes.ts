import type { Cents, IsoInstant, LocalDate, TicketCount } from '../../platform/units.ts';
import type { FeeKind } from '../domain/fee.ts';
import type { PassEntryKind } from '../domain/pass-ledger.ts';
import type { RedemptionStatus } from '../domain/words.ts';

/** A series pass that a card was given. Only store/passes.ts writes it. */
export interface CardPassTable {
  id: string;
  venue_id: string;
  offering_id: string;
  card_id: string;
  /** Visits that it has in all, as the terms said when it was given. */
  visits: number;
  used: number;
  /** Its last day. */
  expires_on: LocalDate;
  /** Of its newest entry. */
  sequence: number;
  head_hash: string;
  granted_at: IsoInstant;
  request_id: string;
  status: RedemptionStatus;
  cancelled_at: IsoInstant | null;
}

/** What happened to a pass, append-only; each row holds the hash of the one before. */
export interface PassEntryTable {
  pass_id: string;
  sequence: number;
  kind: PassEntryKind;
  delta: number;
  used: number;
  visits: number;
  expires_on: LocalDate;
  visit_id: string | null;
  at: IsoInstant;
  previous_hash: string;
  hash: string;
}

/** Somebody came in: with a pass, or where one comes in without booking. */
export interface VisitTable {
  id: string;
  venue_id: string;
  offering_id: string;
  card_id: string;
  /** Null: open entry. */
  pass_id: string | null;
  /** JSON array of ticket lines. */
  lines: string;
  tickets: TicketCount;
  status: RedemptionStatus;
  recorded_at: IsoInstant;
  cancelled_at: IsoInstant | null;
  request_id: string;
}

/** A fee that a card covered, wholly or up to the limit of one use. */
export interface FeeUseTable {
  id: string;
  venue_id: string;
  offering_id: string;
  card_id: string;
  fee_kind: FeeKind;
  cents: Cents;
  covered_cents: Cents;
  /** Calendar year in Helsinki. */
  year: number;
  recorded_at: IsoInstant;
  request_id: string;
  status: RedemptionStatus;
  cancelled_at: IsoInstant | null;
}

/** What a card has covered of one fee in a calendar year: the counter that the limit of the year is guarded with. */
export interface FeeYearTable {
  card_id: string;
  offering_id: string;
  fee_kind: FeeKind;
  year: number;
  covered_cents: Cents;
}

export interface PassTables {
  card_pass: CardPassTable;
  pass_entry: PassEntryTable;
  visit: VisitTable;
  fee_use: FeeUseTable;
  fee_year: FeeYearTable;
}
