import type { PassEntry, RecountedVisit } from '../domain/pass-ledger.ts';
import type { VenuesReader } from './database.ts';

/** Every pass's id after this one, in order: for walking through all of them. */
export async function passIdsAfter(
  db: VenuesReader,
  after: string,
  most: number,
  venueId: string | null,
): Promise<string[]> {
  let query = db.selectFrom('card_pass').select('id').where('id', '>', after);
  if (venueId !== null) query = query.where('venue_id', '=', venueId);
  return (await query.orderBy('id').limit(most).execute()).map(({ id }) => id);
}

/** The ledgers of these passes, each in order of sequence. */
export async function findPassEntries(db: VenuesReader, passIds: readonly string[]): Promise<PassEntry[]> {
  const rows = await db
    .selectFrom('pass_entry')
    .selectAll()
    .where('pass_id', 'in', passIds)
    .orderBy('pass_id')
    .orderBy('sequence')
    .execute();
  return rows.map(({ pass_id, expires_on, visit_id, previous_hash, ...entry }) => ({
    ...entry,
    passId: pass_id,
    expiresOn: expires_on,
    visitId: visit_id,
    previousHash: previous_hash,
  }));
}

/** What the visits themselves say of these passes. */
export async function recountVisits(
  db: VenuesReader,
  passIds: readonly string[],
): Promise<(RecountedVisit & { readonly passId: string })[]> {
  const rows = await db
    .selectFrom('visit')
    .select(['id', 'pass_id', 'status'])
    .where('pass_id', 'in', passIds)
    .execute();
  return rows.map(({ id, pass_id, status }) => ({ id, passId: pass_id ?? '', valid: status === 'VALID' }));
}
