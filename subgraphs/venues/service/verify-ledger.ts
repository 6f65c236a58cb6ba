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

/** What is recounted: one performance, or those of one venue; left out: every one. */
export interface VerifiedPart {
  readonly performanceId?: string | null | undefined;
  readonly venueId?: string | null | undefined;
}

/**
 * Recounts performances from their ledgers and from their redemptions, and proves that none ever went over its cap.
 * `told` hears the newest hash of each, in order of id. May run while the doors are open: a fault is believed only when it is still there after looking again, since a
 * redemption may commit between two reads, and nothing in a ledger ever mends by itself.
 */
export async function verifyLedger(
  database: VenuesDatabase,
  { performanceId: only = null, venueId = null }: VerifiedPart = {},
  told: (performanceId: string, headHash: string) => void = () => {},
): Promise<LedgerReport> {
  const db = database.reader;
  const faults: LedgerReport['faults'][number][] = [];
  let performances = 0;
  let entries = 0;
  for (let after = ''; ;) {
    const ids = only === null ? await performanceIdsAfter(db, after, pageSize, venueId) : [only];
    const last = ids.at(-1);
    if (last === undefined || last === after) return { performances, entries, faults };
    const checked = await check(db, ids);
    performances += ids.length;
    for (const { performanceId, count, head, faults: found } of checked) {
      entries += count;
      told(performanceId, head);
      const sure = found.length === 0 ? [] : await lookAgain(db, performanceId);
      faults.push(...sure.map(({ code, facts }) => ({ performanceId, code, facts })));
    }
    after = last;
  }
}

interface Checked {
  readonly performanceId: string;
  readonly count: number;
  /** The hash of its newest entry; empty: it has none. */
  readonly head: string;
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
    return { performanceId, count: entries.length, head: entries.at(-1)?.hash ?? '', faults };
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
