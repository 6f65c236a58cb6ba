import type { IsoInstant, TicketCount } from '../../platform/units.ts';

/** For which device a hold of kind OFFLINE_SLICE is. */
export interface OfflineSliceTable {
  hold_id: string;
  performance_id: string;
  venue_id: string;
  /** The idempotency key that it was reserved with: of its venue. */
  request_id: string;
  /** A random word that the device has chosen for itself. */
  device_id: string;
}

/** Guests whom a device let in and who could not be recorded on a card. Holds no card: it is counted, not remembered. */
export interface OfflineConflictTable {
  venue_id: string;
  request_id: string;
  fingerprint: string;
  hold_id: string;
  performance_id: string;
  tickets: TicketCount;
  used_at: IsoInstant;
  uploaded_at: IsoInstant;
  /** JSON of the refusal with its trace, so that it is answered in the same way again. */
  refusal: string;
}

export interface SliceTables {
  offline_slice: OfflineSliceTable;
  offline_conflict: OfflineConflictTable;
}
