import type { PlatformTables } from '../../platform/events/index.ts';
import type { IsoInstant, LocalDate, TicketCount } from '../../platform/units.ts';
import type { CardKind, TicketLineType } from '../domain/lines.ts';
import type {
  LedgerEntryKind,
  OfferingKind,
  PerformanceStatus,
  RedemptionStatus,
  RedemptionWindow,
  TicketBasis,
  VenueCategory,
  VenueKind,
  VenueType,
} from '../domain/words.ts';
import type { OfferingTables } from './tables-offerings.ts';
import type { LimitsTables } from './tables-limits.ts';
import type { GroupTables } from './tables-groups.ts';
import type { GoodwillTables } from './tables-goodwill.ts';
import type { HoldTables } from './tables-holds.ts';
import type { PoolTables } from './tables-pools.ts';
import type { SliceTables } from './tables-slices.ts';
import type { PassTables } from './tables-passes.ts';
import type { WaitingTables } from './tables-waiting.ts';

/** 0 or 1: neither engine's driver takes a boolean in the same way. */
export type Flag = 0 | 1;

export interface VenueTable {
  id: string;
  slug: string;
  name_fi: string | null;
  name_sv: string | null;
  name_en: string | null;
  /** fold(name): the key of search and of Finnish alphabetical order. */
  name_key: string;
  kind: VenueKind;
  type: VenueType;
  category: VenueCategory;
  municipality_id: string | null;
  /** Place as printed in the source when no municipality is named there. */
  locality: string | null;
  network_id: string | null;
  partner_id: string | null;
  /** Period as printed ('2024-2025'); only pop-up venues have one. */
  pop_up_period: string | null;
  /** JSON array of other printed names. */
  aliases: string;
  source: string;
}

export interface GenreTable {
  id: string;
  parent_id: string | null;
  /** Stable word in code and links: 'jazz'. */
  key: string;
  name_fi: string | null;
  name_sv: string | null;
  name_en: string | null;
  name_key: string;
}

export interface OfferingTable {
  id: string;
  venue_id: string;
  kind: OfferingKind;
  title_fi: string | null;
  title_sv: string | null;
  title_en: string | null;
  title_key: string;
  description_fi: string | null;
  description_sv: string | null;
  description_en: string | null;
  published: Flag;
  /** 1: made up for the demo season. */
  demo: Flag;
  /** 1: one card sees this production once, whichever performance. */
  once_per_production: Flag;
}

export interface OfferingGenreTable {
  offering_id: string;
  genre_id: string;
}

export interface PerformanceTable {
  id: string;
  offering_id: string;
  venue_id: string;
  starts_at: IsoInstant;
  ends_at: IsoInstant;
  status: PerformanceStatus;
  /** Tickets the cap's floor is counted from; null: not known. */
  tickets: TicketCount | null;
  ticket_basis: TicketBasis | null;
  /** The venue's own choice for this performance; null: what the rules say. */
  redemption_window: RedemptionWindow | null;
  /** Days of DAYS_BEFORE. */
  window_days: number | null;
  /** Holders cancel until so many minutes before the start; null: until the end. */
  cancel_until_minutes: number | null;
}

/** A cache of the ledger. Only store/ledger.ts writes it. */
export interface CapCounterTable {
  performance_id: string;
  /** Most card tickets; null: no cap. */
  cap: TicketCount | null;
  used: TicketCount;
  /** Places kept for somebody: a group, a device without a network, a family on the waiting list. */
  held: TicketCount;
  sequence: number;
  head_hash: string;
  changed_at: IsoInstant;
  /** The cap that it shares with others; null: none. Whoever takes places asks it too (store/pools.ts). */
  pool_id: string | null;
}

export interface LedgerTable {
  performance_id: string;
  sequence: number;
  kind: LedgerEntryKind;
  /** Change of `used`. */
  delta: number;
  used: TicketCount;
  cap: TicketCount | null;
  redemption_id: string | null;
  /** Change of `held`. */
  held_delta: number;
  held: TicketCount;
  hold_id: string | null;
  at: IsoInstant;
  previous_hash: string;
  hash: string;
}

export interface RedemptionTable {
  id: string;
  card_id: string;
  card_kind: CardKind;
  performance_id: string;
  offering_id: string;
  venue_id: string;
  /** What this card may do only once: unique while the redemption is valid; null for community cards and after a cancel. */
  seen_key: string | null;
  tickets: TicketCount;
  /** The tickets of them that count in the cap. */
  counted: TicketCount;
  status: RedemptionStatus;
  recorded_at: IsoInstant;
  cancelled_at: IsoInstant | null;
  cancelled_by: 'VENUE' | 'HOLDER' | 'PERFORMANCE' | null;
}

export interface RedemptionLineTable {
  redemption_id: string;
  type: TicketLineType;
  count: TicketCount;
}

/** A guest who could not be served because the cap was full. Holds no card: it is counted, not remembered. */
export interface TurnAwayTable {
  id: string;
  performance_id: string;
  venue_id: string;
  wanted: TicketCount;
  cap: TicketCount;
  used: TicketCount;
  held: TicketCount;
  /** 1: the numbers are those of a cap that several performances share. */
  shared: Flag;
  at: IsoInstant;
}

/** One row per idempotency key, bound to its parameters and to the one thing that came of it. */
export interface RequestTable {
  /** Who chose the key: 'venue:<id>' or 'card:<id>'. */
  scope: string;
  request_id: string;
  /** SHA-256 of the operation and its parameters. */
  fingerprint: string;
  redemption_id: string | null;
  turn_away_id: string | null;
  at: IsoInstant;
}

/** Local copy of the networks subgraph's rules, fed by rule.changed. */
export interface RuleCopyTable {
  id: string;
  key: string;
  scope: string;
  scope_id: string | null;
  scope_name: string | null;
  value: string | null;
  statement: string;
  status: string;
  valid_from: LocalDate | null;
  valid_to: LocalDate | null;
  source: string;
}

/** Public keys of the cards subgraph, fed by presentation-key.published. */
export interface PresentationKeyTable {
  key_id: string;
  /** base64 of the SPKI DER form of an Ed25519 public key. */
  public_key: string;
  published_at: IsoInstant;
}

/** A card that was used here, locked while it is; merged_into: another registration of the same holder took it over. */
export interface CardIdentityTable {
  card_id: string;
  merged_into: string | null;
}

export interface VenuesTables
  extends
    PlatformTables,
    LimitsTables,
    OfferingTables,
    HoldTables,
    PoolTables,
    PassTables,
    GroupTables,
    GoodwillTables,
    SliceTables,
    WaitingTables {
  venue: VenueTable;
  genre: GenreTable;
  offering: OfferingTable;
  offering_genre: OfferingGenreTable;
  performance: PerformanceTable;
  cap_counter: CapCounterTable;
  ledger: LedgerTable;
  redemption: RedemptionTable;
  redemption_line: RedemptionLineTable;
  turn_away: TurnAwayTable;
  request: RequestTable;
  card_identity: CardIdentityTable;
  rule_copy: RuleCopyTable;
  presentation_key: PresentationKeyTable;
}
