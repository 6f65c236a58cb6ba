import { sql, type RawBuilder } from 'kysely';
import { jsonRows, kept, type JsonColumns } from '../../platform/database/index.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { VenuesTransaction } from './database.ts';
import type { NewRedemption } from './redemptions.ts';
import { movingCounters, writingEntries } from './together-ledger.ts';
import { insertingRedemptions } from './together-redemptions.ts';
import { claiming, type NewRequest } from './together-requests.ts';

/** A batch of redemptions as it was decided: one of each card, each with its request key and its ledger entry. */
export interface Batch {
  readonly requests: readonly NewRequest[];
  readonly redemptions: readonly NewRedemption[];
  readonly entries: readonly LedgerEntry[];
  /** A statement that appends the events. */
  readonly events: RawBuilder<never>;
}

type GuestRow = { readonly card_id: string; readonly offering_id: string; readonly performance_id: string };

const guestColumns: JsonColumns<GuestRow> = {
  card_id: 'text',
  offering_id: 'text',
  performance_id: 'text',
};

interface Found {
  readonly claimed: number;
  readonly own: number;
  readonly seen: boolean;
  readonly moved: number;
}

/**
 * Stores a batch with one statement, on PostgreSQL and in a transaction of isolation REPEATABLE READ. False, or an
 * error: something was not as the batch was decided on (a key that somebody has, a merged card, a card that has been
 * there, a counter that has moved or is no more its own, a cancelled performance), and the caller has to roll back.
 *
 * A statement sees the database as it was when it began. What changes while it waits for a lock would so go unseen; in
 * this isolation it is an error.
 */
export async function storedAtOnce(trx: VenuesTransaction, batch: Batch): Promise<boolean> {
  const { requests, redemptions, entries, events } = batch;
  const rows = redemptions.map(({ redemption: { cardId, offeringId, performanceId } }) => ({
    card_id: cardId,
    offering_id: offeringId,
    performance_id: performanceId,
  }));
  const performances = new Set(entries.map(({ performanceId }) => performanceId)).size;
  const [redeeming, lining] = insertingRedemptions('postgres', redemptions);
  // Each part waits for all of the one before it: the order of locks is that of `redeem`, request keys, cards, counters.
  const { rows: answers } = await sql<Found>`${kept}with
    guest as materialized (select * from ${jsonRows('postgres', 'rows', guestColumns, rows)}),
    claimed as (${claiming('postgres', requests)} returning 1),
    card as (
      insert into card_identity (card_id, merged_into)
      select card_id, null from guest where (select count(*) from claimed) > 0 order by card_id
      on conflict (card_id) do update set card_id = excluded.card_id
      returning merged_into
    ),
    counter as (
      select performance_id from cap_counter
      where performance_id in (select performance_id from guest) and (select count(*) from card) > 0
      order by performance_id for update
    ),
    moved as (${movingCounters('postgres', entries)} and (select count(*) from counter) > 0 returning 1),
    redeemed as (${redeeming}), lined as (${lining}), entered as (${writingEntries('postgres', entries)}), told as (${events})
    select
      (select count(*) from claimed) as claimed,
      (select count(*) from card where merged_into is null) as own,
      exists (
        select from guest cross join lateral (
          select from redemption
          where card_id = guest.card_id and offering_id = guest.offering_id
            and status = 'VALID' and seen_key is not null
          offset 0
        ) as earlier
      ) as seen,
      (select count(*) from moved) as moved`.execute(trx);
  const [found] = answers;
  return (
    found?.claimed === redemptions.length &&
    found.own === redemptions.length &&
    !found.seen &&
    found.moved === performances
  );
}
