import { dueAt, type Due } from '../domain/retention.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { chainReadLog, verifyReadLog, type ChainHead } from '../store/read-log.ts';
import { clearings, type ClearedKind } from '../store/retention.ts';
import { countExpiredLinks, findExpiredLinks } from '../store/unlink.ts';
import { resealAll, type ResealedKind } from './reseal.ts';
import type { CardsServices } from './services.ts';
import { unlinkHolder } from './unlink-holder.ts';

export type RetentionKind = 'EXPIRED_CARDS_UNLINKED' | ClearedKind | ResealedKind;

/** What the nightly job did, or with a dry run would do: numbers by kind, and nobody's id. */
export interface RetentionReport {
  readonly at: IsoInstant;
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<RetentionKind, number>>;
  readonly readLog: {
    /** Rows that this run put into the chain. */
    readonly chained: number;
    /** To be compared with later reports: it only grows. */
    readonly head: ChainHead;
    /** Null: the chain is whole. */
    readonly brokenAt: number | null;
  };
}

type RetentionServices = Pick<CardsServices, 'database' | 'sealer' | 'clock'>;

const cardsPerStep = 100;

/**
 * Does away with what has had its time, in small transactions: whatever it is stopped at, the rest is done the next time.
 * The figures do not change: they count cards, not holders.
 */
export async function runRetention(services: RetentionServices, dryRun: boolean): Promise<RetentionReport> {
  const { database, clock } = services;
  const now = clock.now();
  const due = dueAt(now);
  const unlinked = dryRun
    ? await countExpiredLinks(database.reader, due.lastDayBefore)
    : await unlinkExpired(services, due);
  const cleared = {} as Record<ClearedKind, number>;
  for (const kind of Object.keys(clearings) as ClearedKind[]) {
    const { count, clear } = clearings[kind];
    cleared[kind] = dryRun
      ? await count(database.reader, due)
      : await database.write((trx) => clear(trx, due));
  }
  const resealed = await resealAll(services, dryRun);
  const chained = dryRun ? 0 : await chainReadLog(database);
  const { head, brokenAt } = await verifyReadLog(database.reader);
  return {
    at: now.toISOString(),
    dryRun,
    counts: { EXPIRED_CARDS_UNLINKED: unlinked, ...cleared, ...resealed },
    readLog: { chained, head, brokenAt },
  };
}

async function unlinkExpired(services: RetentionServices, due: Due): Promise<number> {
  for (let unlinked = 0; ;) {
    const cards = await services.database.write(async (trx) => {
      const links = await findExpiredLinks(trx, due.lastDayBefore, cardsPerStep);
      for (const link of links) await unlinkHolder(trx, services, link, due.now);
      return links.length;
    });
    unlinked += cards;
    if (cards < cardsPerStep) return unlinked;
  }
}
