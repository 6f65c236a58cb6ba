import type { IsoInstant } from '../../platform/units.ts';
import type { Known, KnownDate, KnownOffering } from '../domain/import/plan.ts';
import type { DateRow, OfferingRow } from '../domain/import/row.ts';
import { inChunks } from './chunks.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import type { ImportedTable } from './tables-offerings.ts';

/** Everything that earlier files have brought to a venue. */
export async function findKnown(db: VenuesReader, venueId: string): Promise<Known> {
  const rows = await db
    .selectFrom('imported')
    .innerJoin('performance', 'performance.id', 'imported.target_id')
    .innerJoin('cap_counter', 'cap_counter.performance_id', 'performance.id')
    .where('imported.venue_id', '=', venueId)
    .where('imported.kind', '=', 'PERFORMANCE')
    .select((eb) => [
      'imported.external_key',
      'imported.facts',
      'performance.id',
      'performance.starts_at',
      'performance.ends_at',
      'performance.status',
      'cap_counter.used',
      'cap_counter.held',
      eb
        .selectFrom('redemption')
        .whereRef('redemption.performance_id', '=', 'performance.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('uses'),
    ])
    .execute();
  const offerings = await db
    .selectFrom('imported')
    .select(['external_key', 'facts', 'target_id'])
    .where('venue_id', '=', venueId)
    .where('kind', '=', 'OFFERING')
    .execute();
  return {
    dates: new Map(
      rows.map((row): [string, KnownDate] => [
        row.external_key,
        {
          performanceId: row.id,
          said: JSON.parse(row.facts) as DateRow,
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          status: row.status,
          taken: row.used + row.held,
          uses: Number(row.uses ?? 0),
        },
      ]),
    ),
    offerings: new Map(
      offerings.map(({ external_key, facts, target_id }): [string, KnownOffering] => [
        external_key,
        { offeringId: target_id, said: JSON.parse(facts) as OfferingRow },
      ]),
    ),
  };
}

/** What the newest file says of these. */
export async function saveImported(trx: VenuesTransaction, rows: readonly ImportedTable[]): Promise<void> {
  for (const chunk of inChunks(rows)) {
    await trx
      .insertInto('imported')
      .values(chunk)
      .onConflict((oc) =>
        oc.columns(['venue_id', 'kind', 'external_key']).doUpdateSet((eb) => ({
          target_id: eb.ref('excluded.target_id'),
          facts: eb.ref('excluded.facts'),
          at: eb.ref('excluded.at'),
        })),
      )
      .execute();
  }
}

/** A date that the file gives to another production. */
export async function setOffering(
  trx: VenuesTransaction,
  performanceId: string,
  offeringId: string,
): Promise<void> {
  await trx
    .updateTable('performance')
    .set({ offering_id: offeringId })
    .where('id', '=', performanceId)
    .execute();
}

export interface Part {
  readonly uploadId: string;
  readonly part: number;
  readonly parts: number;
  readonly text: string;
}

/** The parts of an upload that have come, in order. */
export async function findParts(db: VenuesReader, venueId: string, uploadId: string): Promise<Part[]> {
  const rows = await db
    .selectFrom('import_part')
    .select(['part', 'parts', 'text'])
    .where('venue_id', '=', venueId)
    .where('upload_id', '=', uploadId)
    .orderBy('part')
    .execute();
  return rows.map((row) => ({ uploadId, ...row }));
}

/** Keeps a part; the same part again replaces it. */
export async function savePart(
  trx: VenuesTransaction,
  venueId: string,
  { uploadId, part, parts, text }: Part,
  at: IsoInstant,
): Promise<void> {
  await trx
    .insertInto('import_part')
    .values({ venue_id: venueId, upload_id: uploadId, part, parts, text, at })
    .onConflict((oc) => oc.columns(['venue_id', 'upload_id', 'part']).doUpdateSet({ parts, text, at }))
    .execute();
}

/** Drops what has waited too long, of any venue, and all but the newest uploads of this one. */
export async function dropParts(
  trx: VenuesTransaction,
  venueId: string,
  olderThan: IsoInstant,
  most: number,
): Promise<void> {
  await trx.deleteFrom('import_part').where('at', '<', olderThan).execute();
  const uploads = await trx
    .selectFrom('import_part')
    .where('venue_id', '=', venueId)
    .groupBy('upload_id')
    .select((eb) => ['upload_id', eb.fn.max('at').as('newest')])
    .orderBy('newest', 'desc')
    .orderBy('upload_id')
    .execute();
  for (const { upload_id } of uploads.slice(most)) await dropUpload(trx, venueId, upload_id);
}

export async function dropUpload(trx: VenuesTransaction, venueId: string, uploadId: string): Promise<void> {
  await trx
    .deleteFrom('import_part')
    .where('venue_id', '=', venueId)
    .where('upload_id', '=', uploadId)
    .execute();
}
