import { appendEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { VenuesTransaction } from '../store/database.ts';
import type { Hold } from '../store/holds.ts';
import { endEntry, findEntryOfHold } from '../store/waiting-entries.ts';
import { waitingExpired } from './waiting-events.ts';
import { namesOf } from './waiting-promote.ts';

/** An offer that nobody answered: its family is out of the list and is told; the next one is served by who calls. */
export async function onOfferExpired(trx: VenuesTransaction, hold: Hold, at: IsoInstant): Promise<void> {
  const entry = await findEntryOfHold(trx, hold.id);
  if (entry?.status !== 'OFFERED') return;
  const { performance, offering } = await namesOf(trx, hold.performanceId);
  const isCancelled = performance.status === 'CANCELLED';
  await endEntry(trx, entry.id, { from: 'OFFERED', to: isCancelled ? 'CANCELLED' : 'EXPIRED', at });
  const reason = isCancelled ? 'PERFORMANCE_CANCELLED' : 'NOT_ANSWERED';
  await appendEvent(trx, waitingExpired(entry, performance, offering, reason, at), at);
}
