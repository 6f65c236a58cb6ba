import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../platform/errors.ts';
import {
  verifyChain,
  verifyHolds,
  verifyRecount,
  type LedgerFault,
  type LedgerFaultCode,
} from '../domain/ledger.ts';
import type { VenuesDatabase, VenuesReader } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { recountHolds } from '../store/holds.ts';
import { findCounters } from '../store/ledger.ts';
import { findLedgers } from '../store/ledger-rows.ts';
import { performanceIdsAfter } from '../store/offerings.ts';
import { recount } from '../store/redemptions.ts';
import { groupBy } from './group.ts';

export interface LedgerReport {
  /** How many performances were checked. */
  readonly performances: number;
  readonly entries: number;
  readonly faults: readonly {
    readonly performanceId: string;
    readonly code: LedgerFaultCode;
    readonly facts: Facts;
  }[];
}

const pageSize = 200;
const looks = 8;
const pauseMs = 25;

/**
 * Recounts every performance from its ledger and from its redemptions, and proves that none ever went over its cap.
 * May run while the doors are open: a fault is believed only when it is still there after looking again, since a
 * redemption may commit between two reads, and nothing in a ledger ever mends by itself.
 */
export async function verifyLedger(database: VenuesDatabase): Promise<LedgerReport> {
  const db = database.reader;
  const faults: LedgerReport['faults'][number][] = [];
  let performances = 0;
  let entries = 0;
  for (let after = ''; ;) {
    const ids = await performanceIdsAfter(db, after, pageSize);
    const last = ids.at(-1);
    if (last === undefined) return { performances, entries, faults };
    const checked = await check(db, ids);
    performances += ids.length;
    for (const { performanceId, count, faults: found } of checked) {
      entries += count;
      const sure = found.length === 0 ? [] : await lookAgain(db, performanceId);
      faults.push(...sure.map(({ code, facts }) => ({ performanceId, code, facts })));
    }
    after = last;
  }
}

interface Checked {
  readonly performanceId: string;
  readonly count: number;
  readonly faults: readonly LedgerFault[];
}

async function check(db: VenuesReader, ids: readonly string[]): Promise<Checked[]> {
  const [counters, ledgers, redemptions, holds] = [
    await findCounters(db, ids),
    await findLedgers(db, ids),
    await recount(db, ids),
    await recountHolds(db, ids),
  ];
  const counterOf = new Map(counters.map((counter) => [counter.performanceId, counter]));
  const entriesOf = groupBy(ledgers, ({ performanceId }) => performanceId);
  const redemptionsOf = groupBy(redemptions, ({ performanceId }) => performanceId);
  const holdsOf = groupBy(holds, ({ performanceId }) => performanceId);
  return ids.map((performanceId) => {
    const entries = entriesOf.get(performanceId) ?? [];
    const faults = [
      ...verifyChain(entries, counterOf.get(performanceId) ?? null, sha256),
      ...verifyRecount(entries, redemptionsOf.get(performanceId) ?? []),
      ...verifyHolds(entries, holdsOf.get(performanceId) ?? []),
    ];
    return { performanceId, count: entries.length, faults };
  });
}

async function lookAgain(db: VenuesReader, performanceId: string): Promise<readonly LedgerFault[]> {
  let faults: readonly LedgerFault[] = [];
  for (let look = 1; look < looks; look++) {
    await sleep(pauseMs);
    faults = (await check(db, [performanceId]))[0]?.faults ?? [];
    if (faults.length === 0) break;
  }
  return faults;
}
