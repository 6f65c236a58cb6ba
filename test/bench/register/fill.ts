import type { Insertable, Transaction } from 'kysely';
import { cellsOf, rebook } from '../../../subgraphs/cards/domain/booking.ts';
import { codeOf, digitBase, digitCount } from '../../../subgraphs/cards/domain/code.ts';
import { monthOf, standingRows } from '../../../subgraphs/cards/store/figure-deltas.ts';
import { sumUpNetworks } from '../../../subgraphs/cards/store/recount.ts';
import type { CardsTables } from '../../../subgraphs/cards/store/tables.ts';
import type { FigureName, StandingTable } from '../../../subgraphs/cards/store/tables-figures.ts';
import { addDays } from '../../../subgraphs/platform/clock.ts';
import type { Database } from '../../../subgraphs/platform/database/index.ts';
import { newId } from '../../../subgraphs/platform/ids.ts';

export const today = '2026-11-22';
export const networks = 30;
export const issuers = 300;
/** One card in this many is the big unit's, whose screen is measured. */
const bigUnitShare = 20;
/** Two cards of five are used at all, as in 2023 (38 per cent). */
const usedShare = 0.4;
const days = 700;
const rowsPerStatement = 500;

export const bigUnit = 'unit-0';
export const bigNetwork = 'network-0';

type Rows = { [Table in keyof CardsTables]?: Insertable<CardsTables[Table]>[] };

/** Random numbers that are the same at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fills an empty register with everything that issues, suspensions and uses would have written, and no faster way out. */
export async function fill(
  database: Database<CardsTables>,
  { cards, redemptions }: { readonly cards: number; readonly redemptions: number },
): Promise<{ readonly code: string; readonly cardId: string }> {
  const next = random(7);
  const rows = {
    issuer: [] as NonNullable<Rows['issuer']>,
    issuer_year: [] as NonNullable<Rows['issuer_year']>,
    holder: [] as NonNullable<Rows['holder']>,
    card: [] as NonNullable<Rows['card']>,
    card_code: [] as NonNullable<Rows['card_code']>,
    card_period: [] as NonNullable<Rows['card_period']>,
    card_month: [] as NonNullable<Rows['card_month']>,
    card_year: [] as NonNullable<Rows['card_year']>,
    card_booking: [] as NonNullable<Rows['card_booking']>,
    issuer_figure: [] as NonNullable<Rows['issuer_figure']>,
    standing: [] as NonNullable<Rows['standing']>,
  };
  const figures = new Map<string, NonNullable<Rows['issuer_figure']>[number] & { value: number }>();
  const standing = new Map<string, StandingTable>();
  const count = (issuerId: string, networkId: string, month: string, figure: FigureName): void => {
    const key = `${issuerId} ${month} ${figure}`;
    const row = figures.get(key) ?? { issuer_id: issuerId, network_id: networkId, month, figure, value: 0 };
    figures.set(key, { ...row, value: row.value + 1 });
  };

  for (let unit = 0; unit < issuers; unit += 1) {
    rows.issuer.push({ id: `unit-${unit}`, municipality_id: null, network_id: `network-${unit % networks}` });
    for (const year of [2024, 2025, 2026])
      rows.issuer_year.push({ issuer_id: `unit-${unit}`, year, assumed: 1 });
  }
  let left = redemptions;
  let shown = { code: '', cardId: '' };
  for (let place = 0; place < cards; place += 1) {
    const unit = place % bigUnitShare === 0 ? 0 : Math.floor(next() * issuers);
    const [issuerId, networkId] = [`unit-${unit}`, `network-${unit % networks}`];
    const issuedOn = addDays(today, -Math.floor(next() * days));
    const validUntil = addDays(issuedOn, 364);
    const at = `${issuedOn}T10:00:00.000Z`;
    const id = newId();
    const holderId = newId();
    const digits = Array.from(
      { length: digitCount },
      (_, digit) => Math.floor(place / digitBase ** digit) % digitBase,
    );
    const code = codeOf(digits);
    if (place === 0) shown = { code, cardId: id };
    const status = next() < 0.03 ? 'SUSPENDED' : 'ACTIVE';
    const months = new Map<string, number>();
    const wanted =
      next() < usedShare
        ? Math.min(left, Math.max(1, Math.round((redemptions / cards / usedShare) * 2 * next())))
        : 0;
    left -= wanted;
    const length = Math.max(1, (Date.parse(today) - Date.parse(issuedOn)) / 86_400_000);
    for (let use = 0; use < wanted; use += 1) {
      const month = monthOf(addDays(issuedOn, Math.floor(next() * Math.min(365, length))));
      months.set(month, (months.get(month) ?? 0) + 1);
    }
    const years = new Map<number, number>();
    for (const [month, uses] of months) {
      rows.card_month.push({ card_id: id, month, uses });
      const year = Number(month.slice(0, 4));
      years.set(year, (years.get(year) ?? 0) + uses);
    }
    for (const [year, uses] of years) rows.card_year.push({ card_id: id, year, uses });
    rows.holder.push({
      id: holderId,
      birth_year: 1980,
      postcode: '70100',
      children: 1,
      grandchildren: 0,
      background: '',
    });
    rows.card.push({
      id,
      kind: 'PERSONAL',
      status,
      status_reason: status === 'SUSPENDED' ? 'OTHER' : null,
      issuer_id: issuerId,
      holder_id: holderId,
      issued_on: issuedOn,
      issued_year: Number(issuedOn.slice(0, 4)),
      valid_until: validUntil,
      registered_at: at,
      status_changed_at: at,
      merged_into: null,
      uses: wanted,
    });
    rows.card_code.push({ code, card_id: id, active: 1, given_at: at });
    rows.card_period.push({
      card_id: id,
      seq: 1,
      event: 'ISSUED',
      issuer_id: issuerId,
      handed_on: issuedOn,
      entered_at: at,
      valid_from: issuedOn,
      valid_until: validUntil,
    });
    count(issuerId, networkId, monthOf(issuedOn), 'ISSUED');
    const uses = [...months].map(([month, number]) => ({ month, uses: number }));
    const cells = cellsOf({ status, issuedOn, since: issuedOn, validUntil, uses });
    for (const cell of cells) {
      if (cell.kind === 'MONTH') count(issuerId, networkId, cell.month, cell.figure);
      else
        for (const row of standingRows({ ...cell, issuerId, networkId })) {
          const key = Object.values(row).join(' ');
          const known = standing.get(key) ?? { ...row, cards: 0 };
          standing.set(key, { ...known, cards: known.cards + 1 });
        }
    }
    const { booked } = rebook({}, cells, { issuerId, networkId });
    rows.card_booking.push({ card_id: id, cells: JSON.stringify(booked) });
  }
  rows.issuer_figure.push(...figures.values());
  // One by one: a call takes only so many arguments.
  for (const row of standing.values()) rows.standing.push(row);
  await database.write(async (trx) => {
    for (const [table, list] of Object.entries(rows)) await insertAll(trx, table as keyof typeof rows, list);
    await sumUpNetworks(trx);
  });
  return shown;
}

async function insertAll(
  trx: Transaction<CardsTables>,
  table: keyof CardsTables,
  list: readonly object[],
): Promise<void> {
  for (let begin = 0; begin < list.length; begin += rowsPerStatement) {
    await trx
      .insertInto(table)
      .values(list.slice(begin, begin + rowsPerStatement) as never)
      .execute();
  }
}
