import type { IsoInstant } from '../../platform/units.ts';
import { genesisHash } from '../domain/ledger.ts';
import { sealPassChange, type PassEntryKind } from '../domain/pass-ledger.ts';
import type { Pass } from '../domain/pass.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { sha256 } from './hash.ts';
import type { CardPassTable, PassEntryTable } from './tables-passes.ts';

export type NewPass = Omit<Pass, 'kind' | 'used' | 'sequence' | 'headHash' | 'status' | 'cancelledAt'>;

/** Gives a card its pass, with the first entry of its ledger. */
export async function insertPass(trx: VenuesTransaction, pass: NewPass, requestId: string): Promise<Pass> {
  const row = await trx
    .insertInto('card_pass')
    .values({
      id: pass.id,
      venue_id: pass.venueId,
      offering_id: pass.offeringId,
      card_id: pass.cardId,
      visits: pass.visits,
      used: 0,
      expires_on: pass.expiresOn,
      sequence: 1,
      head_hash: genesisHash,
      granted_at: pass.grantedAt,
      request_id: requestId,
      status: 'VALID',
      cancelled_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return chain(trx, row, { kind: 'GRANTED', delta: 0, visitId: null, at: pass.grantedAt });
}

export interface VisitMove {
  readonly passId: string;
  readonly visitId: string;
  readonly at: IsoInstant;
}

/** Takes one visit of a pass, if it has one left: the guard is in the update itself. Null: it has none. */
export async function takeVisit(
  trx: VenuesTransaction,
  { passId, visitId, at }: VisitMove,
): Promise<Pass | null> {
  const row = await trx
    .updateTable('card_pass')
    .set((eb) => ({ used: eb('used', '+', 1), sequence: eb('sequence', '+', 1) }))
    .where('id', '=', passId)
    .where('status', '=', 'VALID')
    .where((eb) => eb('used', '<', eb.ref('visits')))
    .returningAll()
    .executeTakeFirst();
  return row ? chain(trx, row, { kind: 'VISITED', delta: 1, visitId, at }) : null;
}

/** Gives the visit back to its pass, also when the pass is over. */
export async function returnVisit(trx: VenuesTransaction, { passId, visitId, at }: VisitMove): Promise<Pass> {
  const row = await trx
    .updateTable('card_pass')
    .set((eb) => ({ used: eb('used', '-', 1), sequence: eb('sequence', '+', 1) }))
    .where('id', '=', passId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return chain(trx, row, { kind: 'UNDONE', delta: -1, visitId, at });
}

/** Ends a pass of which no visit is taken: the guard is in the update itself. Null: one is, or it was taken back already. */
export async function takePassBack(trx: VenuesTransaction, id: string, at: IsoInstant): Promise<Pass | null> {
  const row = await trx
    .updateTable('card_pass')
    .set((eb) => ({ status: 'CANCELLED', cancelled_at: at, sequence: eb('sequence', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'VALID')
    .where('used', '=', 0)
    .returningAll()
    .executeTakeFirst();
  return row ? chain(trx, row, { kind: 'TAKEN_BACK', delta: 0, visitId: null, at }) : null;
}

/** Writes the newest entry of a pass whose row this transaction has just changed, and has. */
export async function chain(
  trx: VenuesTransaction,
  row: CardPassTable,
  {
    kind,
    delta,
    visitId,
    at,
  }: { kind: PassEntryKind; delta: number; visitId: string | null; at: IsoInstant },
): Promise<Pass> {
  const { id: passId, sequence, used, visits, expires_on: expiresOn, head_hash: previousHash } = row;
  const { hash } = sealPassChange(
    { passId, sequence, kind, delta, used, visits, expiresOn, visitId, at, previousHash },
    sha256,
  );
  const entry: PassEntryTable = {
    pass_id: passId,
    sequence,
    kind,
    delta,
    used,
    visits,
    expires_on: expiresOn,
    visit_id: visitId,
    at,
    previous_hash: previousHash,
    hash,
  };
  await trx.insertInto('pass_entry').values(entry).execute();
  await trx.updateTable('card_pass').set({ head_hash: hash }).where('id', '=', passId).execute();
  return toPass({ ...row, head_hash: hash });
}

export async function findPass(db: VenuesReader, id: string): Promise<Pass | null> {
  return (await findPasses(db, [id]))[0] ?? null;
}

export async function findPasses(db: VenuesReader, ids: readonly string[]): Promise<Pass[]> {
  return (await db.selectFrom('card_pass').selectAll().where('id', 'in', ids).execute()).map(toPass);
}

/** The pass that this venue gave with this key. */
export async function findPassBy(db: VenuesReader, venueId: string, requestId: string): Promise<Pass | null> {
  const row = await db
    .selectFrom('card_pass')
    .selectAll()
    .where('venue_id', '=', venueId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? toPass(row) : null;
}

/** A card's passes that were not taken back, the newest first: of one offering, or of all. */
export async function passesOfCard(
  db: VenuesReader,
  cardId: string,
  { offeringId = null, most }: { readonly offeringId?: string | null; readonly most: number },
): Promise<Pass[]> {
  let query = db
    .selectFrom('card_pass')
    .selectAll()
    .where('card_id', '=', cardId)
    .where('status', '=', 'VALID');
  if (offeringId !== null) query = query.where('offering_id', '=', offeringId);
  const rows = await query.orderBy('granted_at', 'desc').orderBy('id', 'desc').limit(most).execute();
  return rows.map(toPass);
}

function toPass(row: CardPassTable): Pass {
  return {
    kind: 'pass',
    id: row.id,
    venueId: row.venue_id,
    offeringId: row.offering_id,
    cardId: row.card_id,
    visits: row.visits,
    used: row.used,
    expiresOn: row.expires_on,
    sequence: row.sequence,
    headHash: row.head_hash,
    grantedAt: row.granted_at,
    status: row.status,
    cancelledAt: row.cancelled_at,
  };
}
