import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { ChangeKind } from '../domain/card.ts';

/** One row for every issue and every renewal: the history of a registration. `card.valid_until` is the cache of the newest. */
export interface CardPeriodTable {
  card_id: string;
  /** 1 for the issue, then 2, 3, … */
  seq: number;
  event: 'ISSUED' | 'RENEWED';
  issuer_id: string;
  /** The day on which the holder got it; a form on paper is typed in later. */
  handed_on: LocalDate;
  entered_at: IsoInstant;
  valid_from: LocalDate;
  valid_until: LocalDate;
}

/** What was done to a registration between its periods. Which fields were corrected, never what stood in them. */
export interface CardChangeTable {
  id: string;
  card_id: string;
  at: IsoInstant;
  kind: ChangeKind;
  /** A code of `domain/card.ts`; never a free text. */
  reason: string;
  /** Names of corrected fields with commas between them; empty for the other kinds. */
  fields: string;
}

/** Cards that were printed before anybody gets them. */
export interface CardBatchTable {
  id: string;
  issuer_id: string;
  created_at: IsoInstant;
  /** How many codes it had when it was made. */
  count: number;
}

/** A printed code that was not handed over yet; the handover deletes the row, and so only one can win it. */
export interface CardBatchCodeTable {
  code: string;
  batch_id: string;
  /** From 1: its place on the sheet. */
  place: number;
}

/** One row per idempotency key of a unit, bound to its parameters and to what was answered. */
export interface CardRequestTable {
  /** Who chose the key: 'issuer:<id>', 'national'. */
  scope: string;
  request_id: string;
  /** SHA-256 of the operation and its parameters. Never of a wellbeing answer: eleven values are soon tried. */
  fingerprint: string;
  /** JSON: ids, code and days of the answer; no facts of a holder. */
  answer: string;
  at: IsoInstant;
}

/** By whom community cards are used, as counts: who it was is nobody's business. */
export interface CommunityUseTable {
  card_id: string;
  /** `2026-11` */
  month: string;
  used_by: 'WORKER' | 'VOLUNTEER' | 'STUDENT';
  uses: number;
}

export interface RegisterTables {
  card_period: CardPeriodTable;
  card_change: CardChangeTable;
  card_batch: CardBatchTable;
  card_batch_code: CardBatchCodeTable;
  card_request: CardRequestTable;
  community_use: CommunityUseTable;
}
