import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { PoolChangeKind } from '../domain/words.ts';

/** One cap that several performances of a venue share. Only store/pools.ts writes it. */
export interface CapPoolTable {
  id: string;
  venue_id: string;
  /** Null: over performances that were chosen one by one; else over all of this offering's, also the next ones. */
  offering_id: string | null;
  cap: TicketCount;
  label_fi: string | null;
  label_sv: string | null;
  label_en: string | null;
  /** Grows whenever somebody holds the row: an update is the lock that both engines have. */
  version: number;
  /** Of its newest change. */
  sequence: number;
  head_hash: string;
  changed_at: IsoInstant;
  /** Null: it is in use. */
  removed_at: IsoInstant | null;
}

/** What a venue has said of a shared cap, append-only; each row holds the hash of the one before. */
export interface PoolChangeTable {
  pool_id: string;
  sequence: number;
  kind: PoolChangeKind;
  /** The cap after the change. */
  cap: TicketCount;
  /** JSON array of the performances that came under it or left it, in order of id. */
  performance_ids: string;
  /** Used and held under it at that moment, in tickets that count in the cap. */
  taken: TicketCount;
  at: IsoInstant;
  previous_hash: string;
  hash: string;
}

export interface PoolTables {
  cap_pool: CapPoolTable;
  pool_change: PoolChangeTable;
}
