import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { SoftLimit } from '../domain/limits/index.ts';
import type { OverrideReason } from '../domain/override.ts';
import type { RedemptionWindow, TicketBasis } from '../domain/words.ts';

/** A soft limit that said no and was set aside at the door. */
export interface RedemptionOverrideTable {
  redemption_id: string;
  limit_name: SoftLimit;
  reason: OverrideReason;
  /** Of the redemption, for counting without reading cards. */
  venue_id: string;
  at: IsoInstant;
}

/** What a venue's new performances begin with; null: nothing said. */
export interface VenueDefaultTable {
  venue_id: string;
  cap: TicketCount | null;
  redemption_window: RedemptionWindow | null;
  window_days: number | null;
  once_per_production: 0 | 1 | null;
  ticket_basis: TicketBasis | null;
  cancel_until_minutes: number | null;
  changed_at: IsoInstant;
}

export interface LimitsTables {
  redemption_override: RedemptionOverrideTable;
  venue_default: VenueDefaultTable;
}
