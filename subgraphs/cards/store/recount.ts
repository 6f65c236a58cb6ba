import { sql } from 'kysely';
import type { Booked } from '../domain/booking.ts';
import { factsToBook, type CardToBook } from './bookings.ts';
import type { CardsReader, CardsTransaction } from './database.ts';
import type { FigureName, StandingTable } from './tables-figures.ts';

/** A page of cards with where they are counted now, after this id. */
export async function bookedCardsAfter(
  db: CardsReader,
  after: string,
  limit: number,
): Promise<{ readonly card: CardToBook; readonly booked: Booked }[]> {
  const rows = await db
    .selectFrom('card')
    .leftJoin('card_booking', 'card_booking.card_id', 'card.id')
    .select(['card.id', 'card_booking.cells'])
    .where('card.id', '>', after)
    .orderBy('card.id')
    .limit(limit)
    .execute();
  const facts = await factsToBook(
    db,
    rows.map(({ id }) => id),
  );
  const byId = new Map(facts.map((card) => [card.id, card]));
  return rows.flatMap(({ id, cells }) => {
    const card = byId.get(id);
    return card ? [{ card, booked: JSON.parse(cells ?? '{}') as Booked }] : [];
  });
}

export interface HandedOver {
  readonly issuerId: string;
  readonly month: string;
  readonly figure: 'ISSUED' | 'RENEWED';
  readonly value: number;
}

/** Issues and renewals counted from the history itself. */
export async function countPeriods(db: CardsReader): Promise<HandedOver[]> {
  const month = sql<string>`substr(handed_on, 1, 7)`;
  const rows = await db
    .selectFrom('card_period')
    .select((eb) => ['issuer_id', 'event', month.as('month'), eb.fn.countAll<number>().as('value')])
    .groupBy(['issuer_id', 'event', month])
    .execute();
  return rows.map(({ issuer_id, event, ...rest }) => ({ ...rest, issuerId: issuer_id, figure: event }));
}

export interface StoredFigure {
  readonly issuerId: string;
  readonly networkId: string;
  readonly month: string;
  readonly figure: FigureName;
  readonly value: number;
}

export async function storedFigures(db: CardsReader): Promise<StoredFigure[]> {
  const rows = await db.selectFrom('issuer_figure').selectAll().execute();
  return rows.map(({ issuer_id, network_id, ...rest }) => ({
    ...rest,
    issuerId: issuer_id,
    networkId: network_id,
  }));
}

export async function storedNetworkFigures(db: CardsReader): Promise<Omit<StoredFigure, 'issuerId'>[]> {
  const rows = await db.selectFrom('network_figure').selectAll().execute();
  return rows.map(({ network_id, ...rest }) => ({ ...rest, networkId: network_id }));
}

export async function storedStanding(db: CardsReader): Promise<StandingTable[]> {
  return db.selectFrom('standing').selectAll().execute();
}

/** Cards whose sums of uses are not those of their months. */
export async function wrongUses(
  db: CardsReader,
): Promise<{ readonly cardId: string; readonly stored: number; readonly recounted: number }[]> {
  const months = sql<number>`coalesce((select sum(case when uses > 0 then uses else 0 end) from card_month where card_month.card_id = card.id), 0)`;
  const years = sql<number>`coalesce((select sum(uses) from card_year where card_year.card_id = card.id), 0)`;
  const rows = await db
    .selectFrom('card')
    .select(['card.id', 'card.uses', years.as('years'), months.as('months')])
    .where((eb) => eb.or([eb('card.uses', '<>', months), eb(years, '<>', months)]))
    .execute();
  return rows.map(({ id, uses, years: ofYears, months: recounted }) => ({
    cardId: id,
    stored: uses === recounted ? ofYears : uses,
    recounted,
  }));
}

/** Writes the networks' counters anew from those of their issuers. */
export async function sumUpNetworks(trx: CardsTransaction): Promise<void> {
  await trx.deleteFrom('network_figure').execute();
  await sql`
    insert into network_figure (network_id, month, figure, value)
    select network_id, month, figure, sum(value) from issuer_figure group by 1, 2, 3`.execute(trx);
}

export async function setFigure(trx: CardsTransaction, figure: StoredFigure): Promise<void> {
  const { issuerId, networkId, month, figure: name, value } = figure;
  await trx
    .insertInto('issuer_figure')
    .values({ issuer_id: issuerId, network_id: networkId, month, figure: name, value })
    .onConflict((conflict) =>
      conflict.columns(['issuer_id', 'month', 'figure', 'network_id']).doUpdateSet({ value }),
    )
    .execute();
}

export async function setStanding(trx: CardsTransaction, row: StandingTable): Promise<void> {
  const { cards, ...key } = row;
  await trx
    .insertInto('standing')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['scope', 'scope_id', 'valid_until', 'since', 'used']).doUpdateSet({ cards }),
    )
    .execute();
  if (cards !== 0) return;
  await trx
    .deleteFrom('standing')
    .where((eb) => eb.and(key))
    .execute();
}
