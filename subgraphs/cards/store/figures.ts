import type { LocalDate } from '../../platform/units.ts';
import type { CardsReader } from './database.ts';
import { monthOf } from './figure-deltas.ts';
import type { FigureName, StandingTable } from './tables-figures.ts';

export interface MonthFigure {
  readonly issuerId: string;
  /** '' for none. */
  readonly networkId: string;
  readonly month: string;
  readonly figure: FigureName;
  readonly value: number;
}

/** The counters of issuers in these years, by month. */
export async function issuerFigures(
  db: CardsReader,
  issuerIds: readonly string[],
  years: readonly number[],
): Promise<MonthFigure[]> {
  if (issuerIds.length === 0 || years.length === 0) return [];
  const rows = await db
    .selectFrom('issuer_figure')
    .selectAll()
    .where('issuer_id', 'in', issuerIds)
    .where('month', '>=', `${Math.min(...years)}-01`)
    .where('month', '<=', `${Math.max(...years)}-12`)
    .execute();
  return rows.map(({ issuer_id, network_id, ...rest }) => ({
    ...rest,
    issuerId: issuer_id,
    networkId: network_id,
  }));
}

/** The counters of the issuers of these networks in a year, without months. */
export async function issuersOfNetworks(
  db: CardsReader,
  networkIds: readonly string[],
  year: number,
): Promise<Omit<MonthFigure, 'month'>[]> {
  const rows = await db
    .selectFrom('issuer_figure')
    .select((eb) => ['issuer_id', 'network_id', 'figure', eb.fn.sum<number>('value').as('value')])
    .where('network_id', 'in', networkIds)
    .where('month', '>=', `${year}-01`)
    .where('month', '<=', `${year}-12`)
    .groupBy(['issuer_id', 'network_id', 'figure'])
    .orderBy('issuer_id')
    .execute();
  return rows.map(({ issuer_id, network_id, ...rest }) => ({
    ...rest,
    issuerId: issuer_id,
    networkId: network_id,
  }));
}

/** The counters of all networks in a year, by month. */
export async function networkFigures(
  db: CardsReader,
  year: number,
): Promise<Omit<MonthFigure, 'issuerId'>[]> {
  const rows = await db
    .selectFrom('network_figure')
    .selectAll()
    .where('month', '>=', `${year}-01`)
    .where('month', '<=', `${year}-12`)
    .orderBy('network_id')
    .execute();
  return rows.map(({ network_id, ...rest }) => ({ ...rest, networkId: network_id }));
}

export interface ScopeCards {
  readonly scopeId: string;
  readonly cards: number;
}

/** How many cards each network has that are valid on this day; a network without one is left out. */
export function validByNetwork(db: CardsReader, today: LocalDate): Promise<ScopeCards[]> {
  return validOn(db, 'NETWORK', null, today);
}

/** How many valid cards these issuers have. */
export async function validByIssuer(
  db: CardsReader,
  issuerIds: readonly string[],
  today: LocalDate,
): Promise<ScopeCards[]> {
  return issuerIds.length === 0 ? [] : validOn(db, 'ISSUER', issuerIds, today);
}

/** The days that are left of this month, and every month after it: so many rows, however many cards there are. */
async function validOn(
  db: CardsReader,
  scope: 'NETWORK' | 'ISSUER',
  ids: readonly string[] | null,
  today: LocalDate,
): Promise<ScopeCards[]> {
  const month = monthOf(today);
  const sum = (of: StandingTable['scope']) => {
    const query = db
      .selectFrom('standing')
      .select((eb) => ['scope_id', eb.fn.sum<number>('cards').as('cards')])
      .where('scope', '=', of)
      .groupBy('scope_id');
    return ids === null ? query : query.where('scope_id', 'in', ids);
  };
  const [days, months] = await Promise.all([
    sum(scope).where('valid_until', '>=', today).where('valid_until', '<=', `${month}-31`).execute(),
    sum(`${scope}_MONTH`).where('valid_until', '>', month).execute(),
  ]);
  const sums = new Map<string, number>();
  for (const { scope_id, cards } of [...days, ...months])
    sums.set(scope_id, (sums.get(scope_id) ?? 0) + cards);
  return [...sums].map(([scopeId, cards]) => ({ scopeId, cards }));
}

export interface StandingCards {
  /** When these cards were last handed over or renewed. */
  readonly since: LocalDate;
  readonly used: boolean;
  readonly cards: number;
}

/** The valid cards of one scope by the day on which they were handed over, used and unused apart. */
export async function validCards(
  db: CardsReader,
  scope: 'ISSUER' | 'NETWORK' | 'NATION',
  scopeId: string,
  today: LocalDate,
): Promise<StandingCards[]> {
  const rows = await db
    .selectFrom('standing')
    .select((eb) => ['since', 'used', eb.fn.sum<number>('cards').as('cards')])
    .where('scope', '=', scope)
    .where('scope_id', '=', scopeId)
    .where('valid_until', '>=', today)
    .groupBy(['since', 'used'])
    .execute();
  return rows.map(({ since, used, cards }) => ({ since, cards, used: used === 1 }));
}
