import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { RatingCategory } from '../domain/rating.ts';
import type { VerifiedKind } from '../domain/words.ts';

/** That a redemption was rated; its stars are in rating_answer. */
export interface RatingTable {
  redemption_id: string;
  /** The first time: what ends the days in which it may be changed. */
  rated_at: IsoInstant;
  changed_at: IsoInstant;
}

/** Nobody but the holder reads one. */
export interface RatingAnswerTable {
  redemption_id: string;
  category: RatingCategory;
  venue_id: string;
  card_id: string;
  /** 0 to 5; null: taken back. */
  stars: number | null;
  /** 0: the average that the venue sees does not have it in it yet. */
  shown: 0 | 1;
}

/** What a venue sees: as it was when enough cards had said something new. */
export interface RatingAverageTable {
  venue_id: string;
  category: RatingCategory;
  answers: number;
  /** Of all answers together. */
  stars: number;
  /** Grows whenever somebody holds the row: an update is the lock that both engines have. */
  version: number;
  as_of: IsoInstant | null;
}

/** A night in which the ledgers were recounted. */
export interface LedgerAuditTable {
  day: LocalDate;
  started_at: IsoInstant;
  /** Null: under way, or the process died in it. */
  finished_at: IsoInstant | null;
  performances: number;
  entries: number;
  faults: number;
  head: string | null;
}

export interface LedgerAuditFaultTable {
  day: LocalDate;
  /** 0, 1, 2 … as they were found. */
  place: number;
  kind: VerifiedKind;
  subject_id: string;
  venue_id: string | null;
  code: string;
  /** JSON. */
  facts: string;
}

export interface GoodwillTables {
  rating: RatingTable;
  rating_answer: RatingAnswerTable;
  rating_average: RatingAverageTable;
  ledger_audit: LedgerAuditTable;
  ledger_audit_fault: LedgerAuditFaultTable;
}
