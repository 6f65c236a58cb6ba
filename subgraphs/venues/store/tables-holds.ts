import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { HoldKind, HoldStatus } from '../domain/words.ts';

/** Places of one performance kept for somebody until a moment. Only store/holds.ts writes it. */
export interface HoldTable {
  id: string;
  performance_id: string;
  venue_id: string;
  kind: HoldKind;
  /** As many as were kept at first. */
  places: TicketCount;
  /** As many as are kept still; 0 once it is closed. */
  remaining: TicketCount;
  status: HoldStatus;
  opened_at: IsoInstant;
  /** From this moment on nobody uses it, and it gives back what is left. */
  expires_at: IsoInstant;
  closed_at: IsoInstant | null;
}

export interface HoldTables {
  hold: HoldTable;
}
