import { sql } from 'kysely';
import { jsonRows, kept, type Engine, type JsonColumns } from '../../platform/database/index.ts';
import type { Seen } from '../domain/limits/index.ts';
import type { VenuesTransaction } from './database.ts';

const cardColumns: JsonColumns<{ card_id: string }> = { card_id: 'text' };

/**
 * lockCard for many: those of the cards that stand for themselves, locked until the end of the transaction, in the order
 * of their ids. Merged cards are left out.
 */
export async function lockOwnCards(
  engine: Engine,
  trx: VenuesTransaction,
  cardIds: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const cards = jsonRows(
    engine,
    'rows',
    cardColumns,
    [...cardIds].sort().map((card_id) => ({ card_id })),
  );
  // `order by`: without it PostgreSQL may take the locks in another order.
  const { rows } = await sql<{ card_id: string; merged_into: string | null }>`
    ${kept}insert into card_identity (card_id, merged_into)
    select card_id, null from ${cards} where true order by card_id
    on conflict (card_id) do update set card_id = excluded.card_id
    returning card_id, merged_into`.execute(trx);
  return new Set(rows.flatMap(({ card_id, merged_into }) => (merged_into === null ? card_id : [])));
}

/** One card at one offering, as a key. */
export const seenAt = (cardId: string, offeringId: string): string => `${cardId} ${offeringId}`;

type PairRow = { readonly card_id: string; readonly offering_id: string };

const pairColumns: JsonColumns<PairRow> = { card_id: 'text', offering_id: 'text' };

/** findSeen for many: by `seenAt` the valid uses of a card at an offering, the earliest first. */
export async function findSeenAt(
  engine: Engine,
  trx: VenuesTransaction,
  pairs: readonly { readonly cardId: string; readonly offeringId: string }[],
): Promise<ReadonlyMap<string, Seen[]>> {
  const wanted = pairs.map(({ cardId, offeringId }) => ({ card_id: cardId, offering_id: offeringId }));
  // `offset 0`: else PostgreSQL, as long as it has not counted how many cards there are, reads the whole table once instead
  // of looking for each card in the index.
  const lookUp = engine === 'postgres' ? sql.raw('cross join lateral') : sql.raw('join');
  const each = sql`
    select card_id, offering_id, performance_id, recorded_at from redemption
    where status = 'VALID' and seen_key is not null`;
  const uses =
    engine === 'postgres'
      ? sql`(${each} and card_id = wanted.card_id and offering_id = wanted.offering_id offset 0) as r`
      : sql`(${each}) as r on r.card_id = wanted.card_id and r.offering_id = wanted.offering_id`;
  const { rows } = await sql<PairRow & { performance_id: string; recorded_at: string }>`
    ${kept}select r.card_id, r.offering_id, r.performance_id, r.recorded_at
    from ${jsonRows(engine, 'wanted', pairColumns, wanted)} ${lookUp} ${uses}
    order by r.recorded_at`.execute(trx);
  const seen = new Map<string, Seen[]>(
    pairs.map(({ cardId, offeringId }) => [seenAt(cardId, offeringId), []]),
  );
  for (const { card_id, offering_id, performance_id, recorded_at } of rows) {
    seen.get(seenAt(card_id, offering_id))?.push({ performanceId: performance_id, recordedAt: recorded_at });
  }
  return seen;
}
