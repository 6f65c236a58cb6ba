import { dueAt, type Due } from '../domain/retention.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { lockCard } from '../store/cards.ts';
import { chainReadLog, type ChainHead } from '../store/read-log.ts';
import { findNotedHead } from '../store/retention-runs.ts';
import { clearings, type ClearedKind } from '../store/retention.ts';
import { countExpiredLinks, findExpiredLinks } from '../store/unlink.ts';
import { verifyReadLog, type ReadLogExtent } from '../store/verify-read-log.ts';
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
    /** Rows up to this position were taken as they were found whole in an earlier night; 0: every row was recomputed. */
    readonly verifiedFrom: number;
    /** What the next nights compare with: it only grows. */
    readonly head: ChainHead;
    /** Null: the chain is whole. */
    readonly brokenAt: number | null;
  };
}

type RetentionServices = Pick<CardsServices, 'database' | 'sealer' | 'clock'>;

const cardsPerStep = 100;

/**
 * Does away with what has had its time, in small transactions: whatever it is stopped at, the rest is done the next time.
 * The figures do not change: they count cards, not holders. `extent` says how much of the read log is recomputed.
 */
export async function runRetention(
  services: RetentionServices,
  dryRun: boolean,
  extent: ReadLogExtent = 'ALL',
): Promise<RetentionReport> {
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
  const noted = await findNotedHead(database.reader);
  const { verifiedFrom, head, brokenAt } = await verifyReadLog(database.reader, noted, extent);
  return {
    at: now.toISOString(),
    dryRun,
    counts: { EXPIRED_CARDS_UNLINKED: unlinked, ...cleared, ...resealed },
    readLog: { chained, verifiedFrom, head, brokenAt },
  };
}

async function unlinkExpired(services: RetentionServices, due: Due): Promise<number> {
  for (let unlinked = 0; ;) {
    const step = await services.database.write(async (trx) => {
      const links = await findExpiredLinks(trx, due.lastDayBefore, cardsPerStep);
      let cards = 0;
      for (const link of links) {
        // It may have been renewed since it was found.
        const card = await lockCard(trx, link.cardId);
        if (!card || card.validUntil >= due.lastDayBefore) continue;
        await unlinkHolder(trx, services, link, due.now);
        cards += 1;
      }
      return { found: links.length, cards };
    });
    unlinked += step.cards;
    if (step.found < cardsPerStep) return unlinked;
  }
}
