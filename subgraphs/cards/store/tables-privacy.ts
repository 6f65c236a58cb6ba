import type { ColumnType, Generated } from 'kysely';
import type { Role } from '../../platform/viewer.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { ReadPurpose } from '../domain/reading.ts';

/**
 * Who looked at which card, and why: no values. A row is written once; `position` and `hash` are null until it is
 * chained, and never change again.
 */
export interface ReadLogTable {
  seq: ColumnType<number, never, never>;
  card_id: string;
  actor_role: Role;
  organisation_id: string | null;
  purpose: ReadPurpose;
  /** JSON array of names of fields. */
  fields: string;
  request_id: string;
  at: IsoInstant;
  /** Place in the chain, from 1 without a gap. */
  position: number | null;
  /** SHA-256 over the hash before it and this row. */
  hash: string | null;
}

/** A holder's account. The address stands elsewhere, and only `id`, which is random, leads there. */
export interface HolderAccountTable {
  id: string;
  card_id: string;
  created_at: IsoInstant;
  /** Null until the holder has followed the link: before that nothing but the link is sent there. */
  confirmed_at: IsoInstant | null;
}

/** Addresses, and nothing else: no card, no fact. */
export interface HolderContactTable {
  account_id: string;
  /** Sealed as `holder-email` under account_id. */
  email: string;
  /** Keyed hash of the folded address, to find an account by it. */
  email_digest: string;
}

/** A code that works once. Only its keyed hash is here. */
export interface OneTimeCodeTable {
  id: string;
  kind: 'CONFIRM_ACCOUNT' | 'HOLDER_CODE';
  card_id: string;
  /** The account that it confirms; null for HOLDER_CODE. */
  account_id: string | null;
  digest: string;
  created_at: IsoInstant;
  expires_at: IsoInstant;
  used_at: IsoInstant | null;
  /** Wrong guesses at it. */
  misses: Generated<number>;
}

/** Mail that waits for messaging to send it: sealed, bounded, gone after a day. */
export interface OutgoingMailTable {
  id: string;
  account_id: string;
  kind: 'CONFIRM_ACCOUNT' | 'ACCOUNT_REPLACED';
  /** JSON `{ to, language, code }`, sealed as `outgoing-mail` under id. */
  sealed: string;
  created_at: IsoInstant;
  expires_at: IsoInstant;
}

/** One night of the nightly job: whoever writes the row does it. */
export interface RetentionRunTable {
  /** The Helsinki day. */
  day: LocalDate;
  started_at: IsoInstant;
  /** Null: under way, or it was broken off. */
  finished_at: IsoInstant | null;
  /** JSON: counts by kind, no ids. */
  report: string;
}

export interface PrivacyTables {
  read_log: ReadLogTable;
  holder_account: HolderAccountTable;
  holder_contact: HolderContactTable;
  one_time_code: OneTimeCodeTable;
  outgoing_mail: OutgoingMailTable;
  retention_run: RetentionRunTable;
}
