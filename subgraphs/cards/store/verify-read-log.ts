import type { CardsReader } from './database.ts';
import { beginning, hashOf, rowsPerChaining, type ChainHead } from './read-log.ts';

/** Whether every row of the chain is recomputed, or only those after a head that was found whole before. */
export type ReadLogExtent = 'ALL' | 'SINCE_NOTED';

export interface ReadLogReport {
  readonly chained: number;
  /** Committed, and not yet chained. */
  readonly waiting: number;
  /** Rows after this position were recomputed; 0: all. */
  readonly verifiedFrom: number;
  readonly head: ChainHead;
  /** The first position at which a row is missing or is not what was chained; null: the chain is whole. */
  readonly brokenAt: number | null;
}

/**
 * Recomputes the chain: a changed, removed, added or moved row breaks it there. Where a head was noted before, its row must
 * still be there with that hash, else rows up to it were cut off or chained anew. SINCE_NOTED recomputes only what came
 * after it, so that the cost is that of a day and not of all years; without a noted head it is ALL.
 */
export async function verifyReadLog(
  db: CardsReader,
  noted: ChainHead | null = null,
  extent: ReadLogExtent = 'ALL',
): Promise<ReadLogReport> {
  const from = extent === 'SINCE_NOTED' && noted !== null ? noted : beginning;
  const { head, brokenAt } = await recompute(db, from);
  const isNotedLost = noted !== null && !(await holdsHead(db, noted));
  const { waiting } = await db
    .selectFrom('read_log')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('position', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    chained: head.position,
    waiting,
    verifiedFrom: from.position,
    head,
    brokenAt: isNotedLost ? Math.min(noted.position, brokenAt ?? noted.position) : brokenAt,
  };
}

async function recompute(
  db: CardsReader,
  from: ChainHead,
): Promise<{ readonly head: ChainHead; readonly brokenAt: number | null }> {
  let { position, hash } = from;
  let brokenAt: number | null = null;
  for (;;) {
    const rows = await db
      .selectFrom('read_log')
      .selectAll()
      .where('position', '>', position)
      .orderBy('position')
      .limit(rowsPerChaining)
      .execute();
    for (const row of rows) {
      const expected = position + 1;
      const computed = hashOf(hash, expected, row);
      if (row.position !== expected || row.hash !== computed) brokenAt ??= expected;
      position = row.position ?? expected;
      hash = row.hash ?? computed;
    }
    if (rows.length < rowsPerChaining) return { head: { position, hash }, brokenAt };
  }
}

async function holdsHead(db: CardsReader, { position, hash }: ChainHead): Promise<boolean> {
  if (position === 0) return true;
  const row = await db
    .selectFrom('read_log')
    .select('hash')
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.hash === hash;
}
