import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fullPlaces, placesWhenFull, remainingOf } from '../../../subgraphs/venues/domain/cap.ts';
import { genesisHash } from '../../../subgraphs/venues/domain/ledger.ts';
import { judge, verdictsOf } from '../../../subgraphs/venues/domain/limits/index.ts';
import {
  sealPoolChange,
  verifyPool,
  type PoolChange,
  type PoolState,
  type SealedPoolChange,
} from '../../../subgraphs/venues/domain/pool.ts';
import { question } from './examples.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function history(...steps: readonly Partial<PoolChange>[]): SealedPoolChange[] {
  const changes: SealedPoolChange[] = [];
  for (const step of steps) {
    const change: PoolChange = {
      poolId: 'week',
      sequence: changes.length + 1,
      kind: 'CAP_SET',
      cap: 20,
      performanceIds: [],
      taken: 0,
      at: '2026-11-22T10:00:00.000Z',
      previousHash: changes.at(-1)?.hash ?? genesisHash,
      ...step,
    };
    changes.push(sealPoolChange(change, hash));
  }
  return changes;
}

const week = history(
  {},
  { kind: 'JOINED', performanceIds: ['mon', 'tue', 'wed'] },
  { kind: 'LEFT', performanceIds: ['tue'], taken: 3 },
  { kind: 'CAP_SET', cap: 30, taken: 3 },
);
const now = (changes: readonly SealedPoolChange[], differs: Partial<PoolState> = {}): PoolState => ({
  cap: 30,
  sequence: changes.length,
  headHash: changes.at(-1)?.hash ?? '',
  isRemoved: false,
  performanceIds: ['mon', 'wed'],
  taken: 5,
  ...differs,
});
const codes = (changes: readonly SealedPoolChange[], pool: PoolState): string[] =>
  verifyPool(changes, pool, hash).map(({ code }) => code);

describe('the history of a shared cap', () => {
  it('is whole when it gives the cap and the performances that there are', () => {
    expect(codes(week, now(week))).toEqual([]);
    const removed = [
      ...week,
      ...history(...week, { kind: 'REMOVED', cap: 30, performanceIds: ['mon', 'wed'] }).slice(4),
    ];
    expect(codes(removed, now(removed, { isRemoved: true, performanceIds: [], taken: 0 }))).toEqual([]);
  });

  it.each([
    ['a cap that nobody has written down', 'POOL_DIFFERS', { cap: 31 }],
    ['an older head', 'POOL_DIFFERS', { headHash: week[2]?.hash ?? '' }],
    ['a removal that nobody has written down', 'POOL_DIFFERS', { isRemoved: true }],
    ['a performance that never came under it', 'MEMBERS_DIFFER', { performanceIds: ['mon', 'thu'] }],
    ['a performance that never left', 'MEMBERS_DIFFER', { performanceIds: ['mon', 'tue', 'wed'] }],
    ['more taken than its cap', 'OVER_SHARED_CAP', { taken: 31 }],
  ])('%s is found', (_, code, differs) => {
    expect(codes(week, now(week, differs))).toEqual([code]);
  });

  it.each([
    ['a raised number', 'ENTRY_CHANGED', week.map((each, n) => (n === 1 ? { ...each, taken: 1 } : each))],
    [
      'another performance',
      'ENTRY_CHANGED',
      week.map((each, n) => (n === 3 ? { ...each, at: '2027' } : each)),
    ],
    ['a row taken out', 'SEQUENCE_GAP', week.filter((_, n) => n !== 2)],
    ['a row put in twice', 'CHAIN_BROKEN', [...week.slice(0, 2), ...week.slice(1)]],
  ])('%s is found', (_, code, changes) => {
    expect(codes(changes, now(week))).toContain(code);
  });

  it.each<[string, Partial<PoolChange>]>([
    ['more taken than the cap at that moment', { taken: 31, cap: 30 }],
    ['a cap with performances', { kind: 'CAP_SET', cap: 30, performanceIds: ['mon'] }],
    ['nobody who joins', { kind: 'JOINED', cap: 30 }],
  ])('%s is impossible, also with a right hash', (_, step) => {
    const changes = history(...week.map(({ hash: _hash, ...each }) => each), step);
    expect(codes(changes, now(changes))).toContain('ENTRY_IMPOSSIBLE');
  });

  it('without any row is found', () => {
    expect(codes([], now([], { performanceIds: [] }))).toEqual(['POOL_EMPTY']);
  });
});

describe('places under a shared cap', () => {
  const own = { cap: 5, used: 1, held: 1 };
  it.each([
    [3, null],
    [3, { cap: 20, used: 10, held: 2 }],
    [1, { cap: 20, used: 17, held: 2 }],
    [0, { cap: 20, used: 25, held: 0 }],
  ])('%i remain: the fewer of its own and the shared ones (%o)', (remaining, shared) => {
    expect(remainingOf({ ...own, shared })).toBe(remaining);
  });

  it('remain to a performance without a cap of its own as many as are left under the shared one', () => {
    expect(remainingOf({ cap: null, used: 9, held: 0, shared: { cap: 20, used: 12, held: 0 } })).toBe(8);
  });

  it('are full by the own cap first, then by the shared one, whose numbers are told', () => {
    const shared = { cap: 20, used: 18, held: 1 };
    expect(fullPlaces({ ...own, shared }, 4)).toMatchObject({ cap: 5, wanted: 4, shared: false });
    expect(fullPlaces({ ...own, shared }, 2)).toEqual({ ...shared, wanted: 2, shared: true });
    expect(fullPlaces({ ...own, shared }, 1)).toBeNull();
  });

  it('that are full refuse with CAP_REACHED, marked as shared, and SHARED_CAP explains it', () => {
    const full = { cap: 20, used: 20, held: 0, wanted: 1, shared: true };
    const verdicts = verdictsOf(question({ places: placesWhenFull(full) }));
    expect(judge(verdicts, new Set()).refusal).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 20, used: 20, held: 0, remaining: 0, wanted: 1, shared: true },
    });
    expect(verdicts.find(({ limit }) => limit === 'SHARED_CAP')).toMatchObject({
      passes: false,
      soft: false,
      nextStep: { fi: expect.any(String) as unknown, sv: expect.any(String) as unknown },
    });
    expect(verdicts.find(({ limit }) => limit === 'CAP')).toBeUndefined();
  });
});
