import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../platform/errors.ts';
import { verifyPass, type PassFault, type PassFaultCode } from '../domain/pass-ledger.ts';
import type { VenuesDatabase, VenuesReader } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { findPasses } from '../store/passes.ts';
import { findPassEntries, passIdsAfter, recountVisits } from '../store/passes-recount.ts';
import { groupBy } from './group.ts';

export interface PassesReport {
  readonly passes: number;
  readonly entries: number;
  readonly faults: readonly {
    readonly passId: string;
    readonly code: PassFaultCode;
    readonly facts: Facts;
  }[];
}

const pageSize = 200;
const looks = 8;
const pauseMs = 25;

/**
 * Recounts series passes from their ledgers and from their visits, and proves that none gave more visits than it has.
 * `venueId`: of that venue alone. May run while the doors are open: a fault is believed only when it is still there after
 * looking again, since a visit may commit between two reads.
 */
export async function verifyPasses(
  database: VenuesDatabase,
  { venueId = null }: { readonly venueId?: string | null } = {},
): Promise<PassesReport> {
  const db = database.reader;
  const faults: PassesReport['faults'][number][] = [];
  let passes = 0;
  let entries = 0;
  for (let after = ''; ;) {
    const ids = await passIdsAfter(db, after, pageSize, venueId);
    const last = ids.at(-1);
    if (last === undefined) return { passes, entries, faults };
    const checked = await check(db, ids);
    passes += ids.length;
    for (const { passId, count, faults: found } of checked) {
      entries += count;
      const sure = found.length === 0 ? [] : await lookAgain(db, passId);
      faults.push(...sure.map(({ code, facts }) => ({ passId, code, facts })));
    }
    after = last;
  }
}

interface Checked {
  readonly passId: string;
  readonly count: number;
  readonly faults: readonly PassFault[];
}

async function check(db: VenuesReader, ids: readonly string[]): Promise<Checked[]> {
  const [passes, entries, visits] = [
    await findPasses(db, ids),
    await findPassEntries(db, ids),
    await recountVisits(db, ids),
  ];
  const entriesOf = groupBy(entries, ({ passId }) => passId);
  const visitsOf = groupBy(visits, ({ passId }) => passId);
  return passes.map(({ id: passId, ...state }) => {
    const ledger = entriesOf.get(passId) ?? [];
    return {
      passId,
      count: ledger.length,
      faults: verifyPass(ledger, state, visitsOf.get(passId) ?? [], sha256),
    };
  });
}

async function lookAgain(db: VenuesReader, passId: string): Promise<readonly PassFault[]> {
  let faults: readonly PassFault[] = [];
  for (let look = 1; look < looks; look++) {
    await sleep(pauseMs);
    faults = (await check(db, [passId]))[0]?.faults ?? [];
    if (faults.length === 0) break;
  }
  return faults;
}
