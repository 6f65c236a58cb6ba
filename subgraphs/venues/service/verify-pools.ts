import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../platform/errors.ts';
import { verifyPool, type PoolFault, type PoolFaultCode } from '../domain/pool.ts';
import type { VenuesDatabase, VenuesReader } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { findPoolChanges } from '../store/pool-changes.ts';
import { findPools, membersOf, poolIdsAfter } from '../store/pool-rows.ts';
import { placesOfPools } from '../store/pools.ts';
import { groupBy } from './group.ts';

export interface PoolsReport {
  /** How many shared caps were checked, also those that were removed. */
  readonly pools: number;
  readonly changes: number;
  readonly faults: readonly {
    readonly poolId: string;
    readonly code: PoolFaultCode;
    readonly facts: Facts;
  }[];
}

const pageSize = 200;
const looks = 8;
const pauseMs = 25;

/**
 * Proves that no shared cap is exceeded now, and that its history is whole and gives the cap and the performances that it
 * has. `venueId`: of that venue alone. May run while the doors are open: a fault is believed only when it is still there
 * after looking again, since a venue may change a shared cap between two reads, and nothing in a history mends by itself.
 */
export async function verifyPools(
  database: VenuesDatabase,
  { venueId = null }: { readonly venueId?: string | null } = {},
): Promise<PoolsReport> {
  const db = database.reader;
  const faults: PoolsReport['faults'][number][] = [];
  let pools = 0;
  let changes = 0;
  for (let after = ''; ;) {
    const ids = await poolIdsAfter(db, after, pageSize, venueId);
    const last = ids.at(-1);
    if (last === undefined) return { pools, changes, faults };
    const checked = await check(db, ids);
    pools += ids.length;
    for (const { poolId, count, faults: found } of checked) {
      changes += count;
      const sure = found.length === 0 ? [] : await lookAgain(db, poolId);
      faults.push(...sure.map(({ code, facts }) => ({ poolId, code, facts })));
    }
    after = last;
  }
}

interface Checked {
  readonly poolId: string;
  readonly count: number;
  readonly faults: readonly PoolFault[];
}

async function check(db: VenuesReader, ids: readonly string[]): Promise<Checked[]> {
  const [pools, changes, members, places] = [
    await findPools(db, ids),
    await findPoolChanges(db, ids),
    await membersOf(db, ids),
    await placesOfPools(db, new Set(ids)),
  ];
  const changesOf = groupBy(changes, ({ poolId }) => poolId);
  return pools.map(({ id, cap, sequence, headHash, removedAt }) => {
    const history = changesOf.get(id) ?? [];
    const { used = 0, held = 0 } = places.get(id) ?? {};
    const isRemoved = removedAt !== null;
    const state = {
      cap,
      sequence,
      headHash,
      isRemoved,
      performanceIds: members.get(id) ?? [],
      taken: used + held,
    };
    return { poolId: id, count: history.length, faults: verifyPool(history, state, sha256) };
  });
}

async function lookAgain(db: VenuesReader, poolId: string): Promise<readonly PoolFault[]> {
  let faults: readonly PoolFault[] = [];
  for (let look = 1; look < looks; look++) {
    await sleep(pauseMs);
    faults = (await check(db, [poolId]))[0]?.faults ?? [];
    if (faults.length === 0) break;
  }
  return faults;
}
