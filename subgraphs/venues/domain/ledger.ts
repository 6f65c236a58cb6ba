import type { Facts } from '../../platform/errors.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { LedgerEntryKind } from './words.ts';

/** One change of `used`, `held` or `cap` of one performance, with what they are after it. */
export interface LedgerChange {
  readonly performanceId: string;
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  readonly kind: LedgerEntryKind;
  /** Change of `used`, in tickets that count in the cap. */
  readonly delta: number;
  readonly used: TicketCount;
  readonly cap: TicketCount | null;
  readonly redemptionId: string | null;
  /** Change of `held`: places kept for somebody, that nobody else can take. */
  readonly heldDelta: number;
  readonly held: TicketCount;
  /** The hold whose places were kept, given back or used; null when it is none's. */
  readonly holdId: string | null;
  readonly at: IsoInstant;
  readonly previousHash: string;
}

export interface LedgerEntry extends LedgerChange {
  readonly hash: string;
}

/** What the counter says: a cache of the newest entry. */
export interface CounterState {
  readonly cap: TicketCount | null;
  readonly used: TicketCount;
  /** Places kept for somebody; never free, not yet used. */
  readonly held: TicketCount;
  readonly sequence: number;
  readonly headHash: string;
}

/** SHA-256 in hexadecimal. */
export type Hash = (text: string) => string;

export type LedgerFaultCode =
  | 'LEDGER_EMPTY'
  | 'COUNTER_MISSING'
  | 'SEQUENCE_GAP'
  | 'CHAIN_BROKEN'
  | 'ENTRY_CHANGED'
  | 'ENTRY_IMPOSSIBLE'
  | 'USED_WRONG'
  | 'HELD_WRONG'
  | 'OVER_CAP'
  | 'COUNTER_DIFFERS'
  | 'REDEMPTION_DIFFERS'
  | 'HOLD_DIFFERS'
  | 'RECOUNT_DIFFERS';

export interface LedgerFault {
  readonly code: LedgerFaultCode;
  readonly facts: Facts;
}

/** The hash before the first entry. */
export const genesisHash = '0'.repeat(64);

/**
 * What is hashed: every field in a fixed order, so that no two different changes have the same text. Entries without
 * holds keep the form they had before there were any.
 */
export function canonicalText(change: LedgerChange): string {
  const { held, heldDelta, holdId } = change;
  const hasHolds = held !== 0 || heldDelta !== 0 || holdId !== null;
  return JSON.stringify([
    hasHolds ? 'cap-ledger-2' : 'cap-ledger-1',
    change.performanceId,
    change.sequence,
    change.kind,
    change.delta,
    change.used,
    change.cap,
    change.redemptionId,
    ...(hasHolds ? [heldDelta, held, holdId] : []),
    change.at,
    change.previousHash,
  ]);
}

export function seal(change: LedgerChange, hash: Hash): LedgerEntry {
  return { ...change, hash: hash(canonicalText(change)) };
}

/** Whether a change can be what its kind says. */
const isPossible: Readonly<Record<LedgerEntryKind, (entry: LedgerEntry) => boolean>> = {
  CAP_SET: ({ delta, redemptionId, heldDelta, holdId, cap, used, held }) =>
    delta === 0 &&
    heldDelta === 0 &&
    redemptionId === null &&
    holdId === null &&
    (cap === null || cap >= used + held),
  // Of a hold no more is used than this redemption takes.
  REDEEMED: ({ delta, redemptionId, heldDelta, holdId }) =>
    redemptionId !== null &&
    delta >= 0 &&
    heldDelta <= 0 &&
    delta + heldDelta >= 0 &&
    (heldDelta === 0 || holdId !== null),
  CANCELLED: ({ delta, redemptionId, heldDelta, holdId }) =>
    redemptionId !== null && delta <= 0 && heldDelta === 0 && holdId === null,
  HELD: ({ delta, redemptionId, heldDelta, holdId }) =>
    redemptionId === null && delta === 0 && holdId !== null && heldDelta > 0,
  RELEASED: ({ delta, redemptionId, heldDelta, holdId }) =>
    redemptionId === null && delta === 0 && holdId !== null && heldDelta < 0,
};

/**
 * What is wrong with one performance's ledger and its counter; nothing when all of it holds. `entries` is the whole
 * ledger in order of sequence.
 */
export function verifyChain(
  entries: readonly LedgerEntry[],
  counter: CounterState | null,
  hash: Hash,
): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  const fault = (code: LedgerFaultCode, facts: Facts): void => void faults.push({ code, facts });
  let previousHash = genesisHash;
  let used: TicketCount = 0;
  let held: TicketCount = 0;
  let expected = 1;
  for (const entry of entries) {
    const { sequence } = entry;
    if (sequence !== expected) fault('SEQUENCE_GAP', { expected, sequence });
    if (entry.previousHash !== previousHash) fault('CHAIN_BROKEN', { sequence });
    if (hash(canonicalText(entry)) !== entry.hash) fault('ENTRY_CHANGED', { sequence });
    if (!isPossible[entry.kind](entry))
      fault('ENTRY_IMPOSSIBLE', { sequence, kind: entry.kind, delta: entry.delta });
    if (entry.used !== used + entry.delta || entry.used < 0) {
      fault('USED_WRONG', { sequence, expected: used + entry.delta, used: entry.used });
    }
    if (entry.held !== held + entry.heldDelta || entry.held < 0) {
      fault('HELD_WRONG', { sequence, expected: held + entry.heldDelta, held: entry.held });
    }
    if (entry.delta + entry.heldDelta > 0 && entry.cap !== null && entry.used + entry.held > entry.cap) {
      fault('OVER_CAP', { sequence, used: entry.used, held: entry.held, cap: entry.cap });
    }
    previousHash = entry.hash;
    used = entry.used;
    held = entry.held;
    expected = sequence + 1;
  }
  const head = entries.at(-1);
  if (!head) fault('LEDGER_EMPTY', {});
  if (!counter) fault('COUNTER_MISSING', {});
  if (head && counter && !matches(counter, head)) {
    fault('COUNTER_DIFFERS', {
      sequence: counter.sequence,
      headSequence: head.sequence,
      used: counter.used,
      headUsed: head.used,
      held: counter.held,
      headHeld: head.held,
    });
  }
  return faults;
}

function matches(counter: CounterState, head: LedgerEntry): boolean {
  return (
    counter.sequence === head.sequence &&
    counter.used === head.used &&
    counter.held === head.held &&
    counter.cap === head.cap &&
    counter.headHash === head.hash
  );
}

/** What the rows of one redemption say: counted from its ticket lines, not from a stored sum. */
export interface RecountedRedemption {
  readonly id: string;
  readonly valid: boolean;
  readonly counted: TicketCount;
}

/** Compares the ledger with the redemptions themselves, one by one and as a sum. */
export function verifyRecount(
  entries: readonly LedgerEntry[],
  redemptions: readonly RecountedRedemption[],
): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  const inLedger = new Map<string, number>();
  for (const { redemptionId, delta } of entries) {
    if (redemptionId !== null) inLedger.set(redemptionId, (inLedger.get(redemptionId) ?? 0) + delta);
  }
  let recount = 0;
  for (const { id, valid, counted } of redemptions) {
    const expected = valid ? counted : 0;
    recount += expected;
    const found = inLedger.get(id) ?? null;
    if (found !== expected)
      faults.push({ code: 'REDEMPTION_DIFFERS', facts: { redemptionId: id, expected, found } });
    inLedger.delete(id);
  }
  for (const [redemptionId, found] of inLedger) {
    faults.push({ code: 'REDEMPTION_DIFFERS', facts: { redemptionId, expected: null, found } });
  }
  const used = entries.at(-1)?.used ?? 0;
  if (recount !== used) faults.push({ code: 'RECOUNT_DIFFERS', facts: { used, recount } });
  return faults;
}

/** What the rows of one hold say. */
export interface RecountedHold {
  readonly id: string;
  /** Places it keeps now; 0 once it is closed. */
  readonly left: TicketCount;
}

/** Compares the ledger with the holds, one by one: what it kept, less what was used and given back, is what is left. */
export function verifyHolds(
  entries: readonly LedgerEntry[],
  holds: readonly RecountedHold[],
): readonly LedgerFault[] {
  const inLedger = new Map<string, number>();
  for (const { holdId, heldDelta } of entries) {
    if (holdId !== null) inLedger.set(holdId, (inLedger.get(holdId) ?? 0) + heldDelta);
  }
  const faults: LedgerFault[] = [];
  for (const { id, left } of holds) {
    const found = inLedger.get(id) ?? null;
    if (found !== left) faults.push({ code: 'HOLD_DIFFERS', facts: { holdId: id, expected: left, found } });
    inLedger.delete(id);
  }
  for (const [holdId, found] of inLedger) {
    faults.push({ code: 'HOLD_DIFFERS', facts: { holdId, expected: null, found } });
  }
  return faults;
}
