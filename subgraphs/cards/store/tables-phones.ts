import type { IsoInstant } from '../../platform/units.ts';
import type { AttemptScope } from '../domain/attempts.ts';
import type { PhoneAlgorithm } from '../domain/mobile-token.ts';

/** A phone that shows a card. Nothing of the phone or of who carries it. */
export interface PhoneTable {
  id: string;
  /** Null: erased with its holder; the row says to the venues' devices that the key is dead. */
  card_id: string | null;
  key_id: string;
  algorithm: PhoneAlgorithm;
  /** SPKI, DER, base64; empty when erased. */
  public_key: string;
  enrolled_at: IsoInstant;
  revoked_at: IsoInstant | null;
  /** Enrolled, moved to another card or revoked: what a venue's device asks by. */
  changed_at: IsoInstant;
}

/** Codes that add a phone, as keyed hashes. */
export interface PhoneCodeTable {
  digest: string;
  card_id: string;
  created_at: IsoInstant;
  expires_at: IsoInstant;
  used_at: IsoInstant | null;
  /** The phone that it added. */
  phone_id: string | null;
}

/** Where a phone's newest slots were shown: at most four rows per phone, since a slot's place is slot mod 4. */
export interface PhoneShownTable {
  key_id: string;
  place: number;
  slot: number;
  venue_id: string;
}

/** Codes and tokens that no card has, counted. */
export interface AttemptTable {
  scope: AttemptScope;
  /** VENUE: its id. PERSON: a keyed hash of who it is. */
  key: string;
  venue_id: string;
  since: IsoInstant;
  misses: number;
  locked_until: IsoInstant | null;
}

export interface PhoneTables {
  phone: PhoneTable;
  phone_code: PhoneCodeTable;
  phone_shown: PhoneShownTable;
  attempt: AttemptTable;
}
