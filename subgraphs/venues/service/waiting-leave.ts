import { appendEvents } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { closeHold } from '../store/holds.ts';
import { lockCounter } from '../store/ledger.ts';
import { endEntry, findEntry, type WaitingEntry } from '../store/waiting-entries.ts';
import { ring, type Environment } from './environment.ts';
import { holdClosed } from './hold-event.ts';
import { placesFreed } from './places-freed.ts';
import { lineChanged } from './waiting-events.ts';
import type { InLine } from './waiting-join.ts';
import { ownEntry } from './waiting-own.ts';

const maxAttempts = 3;

/**
 * A holder leaves the list, or declines an offer: its places are free at once and go to the next. Leaving what has ended
 * changes nothing. Throws NOT_FOUND, FORBIDDEN.
 */
export async function leaveWaitingList(env: Environment, viewer: Viewer, entryId: string): Promise<InLine> {
  const db = env.database.reader;
  let entry = await ownEntry(db, viewer, entryId);
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    if (entry.status !== 'WAITING' && entry.status !== 'OFFERED') break;
    const now = env.clock.now().toISOString();
    const found = entry;
    const isGone = await env.database.write((trx) => leave(trx, found, now));
    if (isGone) ring(env.live, { id: entry.performanceId, venueId: entry.venueId });
    // An offer may have come, or ended, meanwhile.
    entry = (await findEntry(db, entryId)) ?? entry;
  }
  return { kind: 'inLine', entry };
}

/** The hold of an offer comes before the counter in the order of locks, and the entry after it. */
async function leave(trx: VenuesTransaction, entry: WaitingEntry, at: string): Promise<boolean> {
  const { id, performanceId, holdId } = entry;
  const events = [lineChanged(entry, 'left', at)];
  if (entry.status === 'OFFERED') {
    const hold = holdId === null ? null : await closeHold(trx, holdId, at);
    if (!hold || !(await endEntry(trx, id, { from: 'OFFERED', to: 'DECLINED', at }))) return false;
    events.push(holdClosed(hold, 'RELEASED', at));
  } else {
    await lockCounter(trx, performanceId);
    if (!(await endEntry(trx, id, { from: 'WAITING', to: 'LEFT', at }))) return false;
  }
  await appendEvents(trx, events, at);
  // Whoever waited behind a family that did not fit may be next.
  await placesFreed(trx, performanceId, at);
  return true;
}
