import type { IsoInstant } from '../../platform/units.ts';
import type { HoldKind } from '../domain/words.ts';
import type { VenuesTransaction } from '../store/database.ts';
import type { Hold } from '../store/holds.ts';
import { onOfferExpired } from './waiting-expired.ts';

/**
 * What the end of a hold means for whoever it was kept for. It runs in the transaction that closes the hold, once per
 * hold: the hold is closed, its places are back in the counter, and both rows are locked until the commit. So it locks
 * neither a request key nor a card (see "The cap ledger" in the README); what throws here leaves the hold open.
 */
export type OnHoldExpired = (trx: VenuesTransaction, hold: Hold, at: IsoInstant) => Promise<void>;

/** One function for each kind of hold; a known group only loses its places. */
export const onHoldExpired: Readonly<Record<HoldKind, OnHoldExpired>> = {
  GROUP: async () => {},
  OFFLINE_SLICE: async () => {},
  WAITING_OFFER: onOfferExpired,
};
