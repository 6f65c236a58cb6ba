import type { PlatformTables } from '../../platform/events/index.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { CardKind, RegisteredStatus } from '../domain/card.ts';
import type { FigureTables } from './tables-figures.ts';
import type { PhoneTables } from './tables-phones.ts';
import type { RegisterTables } from './tables-register.ts';
import type { PrivacyTables } from './tables-privacy.ts';

/** What is recorded of a holder, and all of it: no name, no personal identity code, no birth date, no address. */
export interface HolderTable {
  id: string;
  birth_year: number;
  postcode: string;
  children: number;
  grandchildren: number;
  /** Voluntary: words of `backgrounds` with commas between them; empty when nothing was said. */
  background: string;
}

/** One registration. Its codes come and go, its id stays. */
export interface CardTable {
  id: string;
  kind: CardKind;
  status: RegisteredStatus;
  /** Why it is suspended, a code; null while it is not. */
  status_reason: string | null;
  issuer_id: string;
  /** Null for a community card, for a merged registration, and when the holder was unlinked. */
  holder_id: string | null;
  issued_on: LocalDate;
  /** Calendar year of issued_on: figures are grouped by it. */
  issued_year: number;
  valid_until: LocalDate;
  registered_at: IsoInstant;
  status_changed_at: IsoInstant;
  /** The registration that took this one over; null unless MERGED. */
  merged_into: string | null;
  /** Valid redemptions of all years: the sum of `card_year`, written with it. */
  uses: number;
}

/** A printed code. A replaced one stays, not active, so that nobody is ever given the same code again. */
export interface CardCodeTable {
  code: string;
  card_id: string;
  active: 0 | 1;
  given_at: IsoInstant;
}

/** How many valid redemptions a card has in a year: taken into use when it goes from 0 to 1, not when it goes back. */
export interface CardYearTable {
  card_id: string;
  year: number;
  uses: number;
}

export interface SigningKeyTable {
  kid: string;
  /** PKCS #8, DER, base64, sealed as `signing-key` under kid. Never leaves this database. */
  private_key: string;
  /** SPKI, DER, base64: published. */
  public_key: string;
  created_at: IsoInstant;
  /** From when it signs: some time after it was published, so that every venue knows it by then. */
  signs_from: IsoInstant;
}

/** Copy of networks' rules, from rule.changed. */
export interface RuleTable {
  id: string;
  key: string;
  scope: string;
  scope_id: string | null;
  value: string | null;
  status: string;
  valid_from: LocalDate | null;
  valid_to: LocalDate | null;
  source: string;
}

/** Copy of networks' issuers, from partner.registered. */
export interface IssuerTable {
  id: string;
  municipality_id: string | null;
  network_id: string | null;
}

export interface IssuerYearTable {
  issuer_id: string;
  year: number;
  /** 1: no document says so; the demo season assumes that the issuer goes on. */
  assumed: 0 | 1;
}

export interface CardsTables
  extends PlatformTables, FigureTables, RegisterTables, PrivacyTables, PhoneTables {
  holder: HolderTable;
  card: CardTable;
  card_code: CardCodeTable;
  card_year: CardYearTable;
  signing_key: SigningKeyTable;
  rule: RuleTable;
  issuer: IssuerTable;
  issuer_year: IssuerYearTable;
}
