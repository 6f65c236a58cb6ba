import type { NewEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal } from '../../platform/refusals.ts';
import type { Seen } from '../domain/limits/index.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { NewRedemption } from '../store/redemptions.ts';
import { redeemedAfter, type LockedCounter } from '../store/together-ledger.ts';
import type { NewRequest } from '../store/together-requests.ts';
import { recordedEvent } from './recorded-event.ts';
import { redemptionOf, type Wish } from './wish.ts';

/** The guard of the cap: so many more places beside those that are taken. */
export type HasRoom = (places: LockedCounter, wanted: number) => boolean;

export interface Candidate {
  readonly wish: Wish;
  /** What its redemption will be called, if it comes to one. */
  readonly redemptionId: string;
}

/** What a batch stores, and what the counters are after it. */
export interface Admitted {
  readonly stored: ReadonlyMap<Wish, NewRedemption>;
  /** In the order of the wishes; those of one performance are a chain. */
  readonly entries: readonly LedgerEntry[];
  readonly counters: ReadonlyMap<string, LockedCounter>;
  /** Those for which there was no room, or no counter of their own. */
  readonly outside: readonly Candidate[];
}

/** The first wish of each card and of each request key: a second one depends on what becomes of the first. */
export function eachOnce(wishes: readonly Wish[]): Candidate[] {
  const met = new Set<string>();
  return wishes.flatMap((wish) => {
    const marks = [`card ${wish.presentation.cardId}`, `key ${wish.key.scope} ${wish.key.requestId}`];
    if (marks.some((mark) => met.has(mark))) return [];
    for (const mark of marks) met.add(mark);
    return { wish, redemptionId: newId() };
  });
}

/** The keys that stand for the candidates' redemptions. */
export function requestsOf(candidates: readonly Candidate[]): NewRequest[] {
  return candidates.map(({ wish: { key, now }, redemptionId }) => ({ ...key, redemptionId, at: now }));
}

/** What is published of what a batch stores. */
export function eventsOf(stored: Admitted['stored']): NewEvent[] {
  return [...stored].map(([{ facts }, { redemption }]) => recordedEvent(redemption, facts));
}

/** One after the other, as each would be decided alone: whom the limits and the places admit. Nothing is stored here. */
export function admitTogether(
  candidates: readonly Candidate[],
  known: ReadonlyMap<string, LockedCounter>,
  seenBy: (wish: Wish) => readonly Seen[],
  hasRoom: HasRoom,
): Admitted {
  const counters = new Map<string, LockedCounter>();
  const entries: LedgerEntry[] = [];
  const outside: Candidate[] = [];
  const stored = new Map<Wish, NewRedemption>();
  for (const candidate of candidates) {
    const { wish, redemptionId } = candidate;
    const { presentation, facts, lines, now } = wish;
    const { id } = facts.performance;
    const uses = { seen: seenBy(wish), courses: null };
    const admission = decideRedeem({ ...facts, presentation, lines, now, ...uses });
    if (isRefusal(admission)) continue;
    const counter = counters.get(id) ?? known.get(id);
    if (!counter || counter.poolId !== null || !hasRoom(counter, admission.counted)) {
      outside.push(candidate);
      continue;
    }
    const after = redeemedAfter(counter, redemptionId, admission.counted, now);
    counters.set(id, after.counter);
    entries.push(after.entry);
    const redemption = redemptionOf(wish, admission, redemptionId, presentation.cardId);
    stored.set(wish, { redemption, seenKey: admission.seenKey });
  }
  return { stored, entries, counters, outside };
}
