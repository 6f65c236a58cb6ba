import type { Facts } from '../../platform/errors.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { LedgerEntryKind } from './words.ts';

/** One change of `used` or `cap` of one performance, with what both are after it. */
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
  | 'OVER_CAP'
  | 'COUNTER_DIFFERS'
  | 'REDEMPTION_DIFFERS'
  | 'RECOUNT_DIFFERS';

export interface LedgerFault {
  readonly code: LedgerFaultCode;
  readonly facts: Facts;
}

/** The hash before the first entry. */
export const genesisHash = '0'.repeat(64);

/** What is hashed: every field in a fixed order, so that no two different changes have the same text. */
export function canonicalText(change: LedgerChange): string {
  return JSON.stringify([
    'cap-ledger-1',
    change.performanceId,
    change.sequence,
    change.kind,
    change.delta,
    change.used,
    change.cap,
    change.redemptionId,
    change.at,
    change.previousHash,
  ]);
}

export function seal(change: LedgerChange, hash: Hash): LedgerEntry {
  return { ...change, hash: hash(canonicalText(change)) };
}

/** Whether a change can be what its kind says. */
function isPossible({ kind, delta, redemptionId, cap, used }: LedgerEntry): boolean {
  if (kind === 'CAP_SET') return delta === 0 && redemptionId === null && (cap === null || cap >= used);
  return redemptionId !== null && (kind === 'REDEEMED' ? delta >= 0 : delta <= 0);
}

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
  let expected = 1;
  for (const entry of entries) {
    const { sequence } = entry;
    if (sequence !== expected) fault('SEQUENCE_GAP', { expected, sequence });
    if (entry.previousHash !== previousHash) fault('CHAIN_BROKEN', { sequence });
    if (hash(canonicalText(entry)) !== entry.hash) fault('ENTRY_CHANGED', { sequence });
    if (!isPossible(entry)) fault('ENTRY_IMPOSSIBLE', { sequence, kind: entry.kind, delta: entry.delta });
    if (entry.used !== used + entry.delta || entry.used < 0) {
      fault('USED_WRONG', { sequence, expected: used + entry.delta, used: entry.used });
    }
    if (entry.delta > 0 && entry.cap !== null && entry.used > entry.cap) {
      fault('OVER_CAP', { sequence, used: entry.used, cap: entry.cap });
    }
    previousHash = entry.hash;
    used = entry.used;
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
    });
  }
  return faults;
}

function matches(counter: CounterState, head: LedgerEntry): boolean {
  return (
    counter.sequence === head.sequence &&
    counter.used === head.used &&
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
