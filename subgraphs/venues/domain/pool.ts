import type { Facts } from '../../platform/errors.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { genesisHash, type Hash } from './ledger.ts';
import type { PoolChangeKind } from './words.ts';

/** What a venue said of a cap that several performances share, with how it stood after that. */
export interface PoolChange {
  readonly poolId: string;
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  readonly kind: PoolChangeKind;
  readonly cap: TicketCount;
  /** The performances that came under it or left it, in order of id. */
  readonly performanceIds: readonly string[];
  /** Used and held under it at that moment. */
  readonly taken: TicketCount;
  readonly at: IsoInstant;
  readonly previousHash: string;
}

export interface SealedPoolChange extends PoolChange {
  readonly hash: string;
}

/** What the shared cap says of itself now: a cache of its newest change. */
export interface PoolState {
  readonly cap: TicketCount;
  readonly sequence: number;
  readonly headHash: string;
  readonly isRemoved: boolean;
  /** The performances under it, in order of id. */
  readonly performanceIds: readonly string[];
  /** Used and held under it: the sum of their counters. */
  readonly taken: TicketCount;
}

export type PoolFaultCode =
  | 'POOL_EMPTY'
  | 'SEQUENCE_GAP'
  | 'CHAIN_BROKEN'
  | 'ENTRY_CHANGED'
  | 'ENTRY_IMPOSSIBLE'
  | 'POOL_DIFFERS'
  | 'MEMBERS_DIFFER'
  | 'OVER_SHARED_CAP';

export interface PoolFault {
  readonly code: PoolFaultCode;
  readonly facts: Facts;
}

export function sealPoolChange(change: PoolChange, hash: Hash): SealedPoolChange {
  return { ...change, hash: hash(canonicalText(change)) };
}

/** Every field in a fixed order, so that no two different changes have the same text. */
function canonicalText(change: PoolChange): string {
  const { poolId, sequence, kind, cap, performanceIds, taken, at, previousHash } = change;
  return JSON.stringify(['cap-pool-1', poolId, sequence, kind, cap, performanceIds, taken, at, previousHash]);
}

/**
 * What is wrong with one shared cap and its history; nothing when all of it holds. `changes` is the whole history in order
 * of sequence. Uses are not in it: they are in the ledgers of the performances, each with its own check.
 */
export function verifyPool(
  changes: readonly SealedPoolChange[],
  pool: PoolState,
  hash: Hash,
): readonly PoolFault[] {
  const faults: PoolFault[] = [];
  const fault = (code: PoolFaultCode, facts: Facts): void => void faults.push({ code, facts });
  const members = new Set<string>();
  let previousHash = genesisHash;
  let expected = 1;
  let removed = false;
  for (const change of changes) {
    const { sequence, kind, cap, taken, performanceIds } = change;
    if (sequence !== expected) fault('SEQUENCE_GAP', { expected, sequence });
    if (change.previousHash !== previousHash) fault('CHAIN_BROKEN', { sequence });
    if (hash(canonicalText(change)) !== change.hash) fault('ENTRY_CHANGED', { sequence });
    const isSet = kind === 'CAP_SET';
    if (removed || taken > cap || isSet !== (performanceIds.length === 0 && kind !== 'REMOVED')) {
      fault('ENTRY_IMPOSSIBLE', { sequence, kind, cap, taken });
    }
    for (const id of performanceIds) {
      if (kind === 'JOINED') members.add(id);
      else members.delete(id);
    }
    removed ||= kind === 'REMOVED';
    previousHash = change.hash;
    expected = sequence + 1;
  }
  const head = changes.at(-1);
  if (!head) fault('POOL_EMPTY', {});
  else if (!matches(pool, head, removed)) {
    const { sequence, cap } = pool;
    fault('POOL_DIFFERS', { sequence, headSequence: head.sequence, cap, headCap: head.cap });
  }
  const isMember = (id: string): boolean => members.has(id);
  if (members.size !== pool.performanceIds.length || !pool.performanceIds.every(isMember)) {
    fault('MEMBERS_DIFFER', { expected: members.size, found: pool.performanceIds.length });
  }
  if (pool.taken > pool.cap) fault('OVER_SHARED_CAP', { taken: pool.taken, cap: pool.cap });
  return faults;
}

function matches(pool: PoolState, head: SealedPoolChange, removed: boolean): boolean {
  return (
    pool.sequence === head.sequence &&
    pool.headHash === head.hash &&
    pool.cap === head.cap &&
    pool.isRemoved === removed
  );
}
