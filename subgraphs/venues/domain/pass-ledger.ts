import type { Facts } from '../../platform/errors.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import { genesisHash, type Hash } from './ledger.ts';
import type { RedemptionStatus } from './words.ts';

/** GRANTED opens a pass, VISITED takes one visit of it, UNDONE gives that one back; TAKEN_BACK ends one that has none. */
export const passEntryKinds = ['GRANTED', 'VISITED', 'UNDONE', 'TAKEN_BACK'] as const;
export type PassEntryKind = (typeof passEntryKinds)[number];

/** One thing that happened to a pass, with how it stood after that. Holds no card: a merge does not touch it. */
export interface PassChange {
  readonly passId: string;
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  readonly kind: PassEntryKind;
  readonly delta: number;
  readonly used: number;
  readonly visits: number;
  readonly expiresOn: LocalDate;
  readonly visitId: string | null;
  readonly at: IsoInstant;
  readonly previousHash: string;
}

export interface PassEntry extends PassChange {
  readonly hash: string;
}

/** What the pass says of itself now: a cache of its newest entry. */
export interface PassState {
  readonly visits: number;
  readonly used: number;
  readonly expiresOn: LocalDate;
  readonly sequence: number;
  readonly headHash: string;
  /** CANCELLED: taken back. */
  readonly status: RedemptionStatus;
}

/** What the row of one visit says. */
export interface RecountedVisit {
  readonly id: string;
  readonly valid: boolean;
}

export type PassFaultCode =
  | 'PASS_EMPTY'
  | 'SEQUENCE_GAP'
  | 'CHAIN_BROKEN'
  | 'ENTRY_CHANGED'
  | 'ENTRY_IMPOSSIBLE'
  | 'USED_WRONG'
  | 'OVER_PASS'
  | 'PASS_DIFFERS'
  | 'VISIT_DIFFERS';

export interface PassFault {
  readonly code: PassFaultCode;
  readonly facts: Facts;
}

export function sealPassChange(change: PassChange, hash: Hash): PassEntry {
  return { ...change, hash: hash(canonicalText(change)) };
}

/** Every field in a fixed order, so that no two different changes have the same text. */
function canonicalText(change: PassChange): string {
  const { passId, sequence, kind, delta, used, visits, expiresOn, visitId, at, previousHash } = change;
  return JSON.stringify([
    'pass-1',
    passId,
    sequence,
    kind,
    delta,
    used,
    visits,
    expiresOn,
    visitId,
    at,
    previousHash,
  ]);
}

const deltaOf: Readonly<Record<PassEntryKind, number>> = {
  GRANTED: 0,
  VISITED: 1,
  UNDONE: -1,
  TAKEN_BACK: 0,
};

function isPossible(
  { sequence, kind, delta, used, visitId }: PassEntry,
  before: PassEntryKind | null,
): boolean {
  const ofVisit = kind === 'VISITED' || kind === 'UNDONE';
  if (delta !== deltaOf[kind] || (visitId !== null) !== ofVisit) return false;
  if (before === 'TAKEN_BACK' || (kind === 'TAKEN_BACK' && used !== 0)) return false;
  return (sequence === 1) === (kind === 'GRANTED');
}

/**
 * What is wrong with one pass, its ledger and its visits; nothing when all of it holds. `entries` is the whole ledger in
 * order of sequence, `visits` every visit that was recorded on the pass.
 */
export function verifyPass(
  entries: readonly PassEntry[],
  pass: PassState,
  visits: readonly RecountedVisit[],
  hash: Hash,
): readonly PassFault[] {
  const faults: PassFault[] = [];
  const fault = (code: PassFaultCode, facts: Facts): void => void faults.push({ code, facts });
  let previousHash = genesisHash;
  let used = 0;
  let expected = 1;
  let before: PassEntryKind | null = null;
  for (const entry of entries) {
    const { sequence, kind, delta } = entry;
    if (sequence !== expected) fault('SEQUENCE_GAP', { expected, sequence });
    if (entry.previousHash !== previousHash) fault('CHAIN_BROKEN', { sequence });
    if (hash(canonicalText(entry)) !== entry.hash) fault('ENTRY_CHANGED', { sequence });
    if (!isPossible(entry, before)) fault('ENTRY_IMPOSSIBLE', { sequence, kind, delta });
    if (entry.used !== used + delta || entry.used < 0) {
      fault('USED_WRONG', { sequence, expected: used + delta, used: entry.used });
    }
    if (delta > 0 && entry.used > entry.visits) {
      fault('OVER_PASS', { sequence, used: entry.used, visits: entry.visits });
    }
    previousHash = entry.hash;
    used = entry.used;
    expected = sequence + 1;
    before = kind;
  }
  const head = entries.at(-1);
  if (!head) fault('PASS_EMPTY', {});
  else if (!matches(pass, head)) {
    const { sequence, used: passUsed } = pass;
    fault('PASS_DIFFERS', { sequence, headSequence: head.sequence, used: passUsed, headUsed: head.used });
  }
  return [...faults, ...verifyVisits(entries, visits)];
}

function matches(pass: PassState, head: PassEntry): boolean {
  return (
    pass.sequence === head.sequence &&
    pass.used === head.used &&
    pass.visits === head.visits &&
    pass.expiresOn === head.expiresOn &&
    pass.headHash === head.hash &&
    (pass.status === 'CANCELLED') === (head.kind === 'TAKEN_BACK')
  );
}

/** Compares the ledger with the visits, one by one: a valid one took one visit, one that was undone took none. */
function verifyVisits(entries: readonly PassEntry[], visits: readonly RecountedVisit[]): PassFault[] {
  const inLedger = new Map<string, number>();
  for (const { visitId, delta } of entries) {
    if (visitId !== null) inLedger.set(visitId, (inLedger.get(visitId) ?? 0) + delta);
  }
  const faults: PassFault[] = [];
  for (const { id, valid } of visits) {
    const expected = valid ? 1 : 0;
    const found = inLedger.get(id) ?? null;
    if (found !== expected) faults.push({ code: 'VISIT_DIFFERS', facts: { visitId: id, expected, found } });
    inLedger.delete(id);
  }
  for (const [visitId, found] of inLedger) {
    faults.push({ code: 'VISIT_DIFFERS', facts: { visitId, expected: null, found } });
  }
  return faults;
}
