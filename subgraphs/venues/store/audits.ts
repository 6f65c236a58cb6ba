import type { Facts } from '../../platform/errors.ts';
import { abandonedBefore, isTaken } from '../../platform/nightly.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { VerifiedKind } from '../domain/words.ts';
import type { VenuesDatabase, VenuesReader } from './database.ts';
import { inChunks } from './chunks.ts';
import type { LedgerAuditTable } from './tables-goodwill.ts';

/** What one night's recount found. */
export interface LedgerAudit {
  readonly day: LocalDate;
  readonly at: IsoInstant;
  readonly performances: number;
  readonly entries: number;
  readonly faults: number;
  readonly head: string;
}

export interface AuditFault {
  readonly kind: VerifiedKind;
  readonly subjectId: string;
  readonly venueId: string | null;
  readonly code: string;
  readonly facts: Facts;
}

export async function isAudited(db: VenuesReader, day: LocalDate, now: IsoInstant): Promise<boolean> {
  const row = await db
    .selectFrom('ledger_audit')
    .select(['finished_at', 'started_at'])
    .where('day', '=', day)
    .executeTakeFirst();
  return isTaken(row, now);
}

/** False: another process has recounted, or is at it. */
export async function claimAudit(database: VenuesDatabase, day: LocalDate, at: IsoInstant): Promise<boolean> {
  return database.write(async (trx) => {
    const none = { finished_at: null, performances: 0, entries: 0, faults: 0, head: null };
    const claimed = await trx
      .insertInto('ledger_audit')
      .values({ day, started_at: at, ...none })
      .onConflict((oc) =>
        oc
          .column('day')
          .doUpdateSet({ started_at: at })
          .where('ledger_audit.finished_at', 'is', null)
          .where('ledger_audit.started_at', '<=', abandonedBefore(at)),
      )
      .returning('day')
      .executeTakeFirst();
    return claimed !== undefined;
  });
}

export async function releaseAudit(database: VenuesDatabase, day: LocalDate): Promise<void> {
  await database.write((trx) =>
    trx.deleteFrom('ledger_audit').where('day', '=', day).where('finished_at', 'is', null).execute(),
  );
}

/** The night's result, and those of its faults that are told one by one. */
export async function saveAudit(
  database: VenuesDatabase,
  { day, at, ...counts }: LedgerAudit,
  faults: readonly AuditFault[],
): Promise<void> {
  const rows = faults.map(({ kind, subjectId, venueId, code, facts }, place) => ({
    day,
    place,
    kind,
    subject_id: subjectId,
    venue_id: venueId,
    code,
    facts: JSON.stringify(facts),
  }));
  await database.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('ledger_audit')
      .set({ finished_at: at, ...counts })
      .where('day', '=', day)
      .where('finished_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    for (const some of inChunks(rows)) await trx.insertInto('ledger_audit_fault').values(some).execute();
  });
}

/** The newest night that was finished, or the one of a day. Null: there is none. */
export async function findAudit(db: VenuesReader, day: LocalDate | null = null): Promise<LedgerAudit | null> {
  const row = await db
    .selectFrom('ledger_audit')
    .selectAll()
    .where('finished_at', 'is not', null)
    .$if(day !== null, (query) => query.where('day', '=', day))
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toAudit(row) : null;
}

function toAudit({ day, finished_at, performances, entries, faults, head }: LedgerAuditTable): LedgerAudit {
  return { day, at: finished_at ?? '', performances, entries, faults, head: head ?? '' };
}

/** The faults of a night; `venueId`: of that venue alone. At most `most`, as they were found. */
export async function findAuditFaults(
  db: VenuesReader,
  day: LocalDate,
  venueId: string | null,
  most: number,
): Promise<AuditFault[]> {
  const rows = await db
    .selectFrom('ledger_audit_fault')
    .selectAll()
    .where('day', '=', day)
    .$if(venueId !== null, (query) => query.where('venue_id', '=', venueId))
    .orderBy('place')
    .limit(most)
    .execute();
  return rows.map(({ kind, subject_id, venue_id, code, facts }) => ({
    kind,
    subjectId: subject_id,
    venueId: venue_id,
    code,
    facts: JSON.parse(facts) as Facts,
  }));
}

/** Whose these passes are. */
export async function venuesOfPasses(
  db: VenuesReader,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly venueId: string }[]> {
  const rows = await db.selectFrom('card_pass').select(['id', 'venue_id']).where('id', 'in', ids).execute();
  return rows.map(({ id, venue_id }) => ({ id, venueId: venue_id }));
}
