import { appendEvents } from '../../platform/events/index.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { closeHold, useHold } from '../store/holds.ts';
import type { PlacesChange } from '../store/ledger.ts';
import { endEntry, findOffer } from '../store/waiting-entries.ts';
import { cardIdsOf } from '../store/waiting-views.ts';
import type { Environment } from './environment.ts';
import { holdClosed } from './hold-event.ts';
import { placesFreed } from './places-freed.ts';

/**
 * The door is full for everybody else, but places are kept for this very card: they are its own, also for a holder without a
 * phone. What it does not need goes to the next in line. False: nothing is kept for it, or not enough; the caller rolls back.
 * The card must be locked: so nobody accepts or declines by another way meanwhile, except the end of its time.
 */
export async function takeOwnOffer(
  { ledger }: Pick<Environment, 'ledger'>,
  trx: VenuesTransaction,
  cardId: string,
  change: PlacesChange,
): Promise<boolean> {
  const { performanceId, redemptionId, places: wanted, at } = change;
  const entry = await findOffer(trx, performanceId, await cardIdsOf(trx, cardId));
  const holdId = entry?.holdId ?? null;
  if (!entry || holdId === null) return false;
  const places = Math.min(entry.places, wanted);
  if (!(await useHold(trx, { holdId, places, at }))) return false;
  if (!(await ledger.takePlaces(trx, change, { holdId, places }))) return false;
  const hold = await closeHold(trx, holdId, at);
  const ended = { from: 'OFFERED', to: 'ACCEPTED', at, redemptionId } as const;
  if (!hold || !(await endEntry(trx, entry.id, ended))) return false;
  await appendEvents(trx, [holdClosed(hold, 'USED', at)], at);
  if (places < entry.places) await placesFreed(trx, performanceId, at);
  return true;
}
