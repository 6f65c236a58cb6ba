import type { LocalDate } from '../../platform/units.ts';
import type { RegisteredStatus } from './card.ts';
import { yearOf } from './validity.ts';

/** What of a card counts in the figures. */
export interface BookingFacts {
  readonly status: RegisteredStatus;
  readonly issuedOn: LocalDate;
  /** When it was last handed over or renewed. */
  readonly since: LocalDate;
  readonly validUntil: LocalDate;
  /** Its uses by month, `2026-11`; those of a registration that it took over included. */
  readonly uses: readonly { readonly month: string; readonly uses: number }[];
}

/** One count that a card is part of: a month's figure, or the cards that stand with this last day. */
export type Cell =
  | {
      readonly kind: 'MONTH';
      readonly figure: 'TAKEN_INTO_USE' | 'EVER_USED' | 'MERGED';
      readonly month: string;
    }
  | {
      readonly kind: 'STANDING';
      readonly validUntil: LocalDate;
      readonly since: LocalDate;
      readonly used: boolean;
    };

/**
 * Everything that a card is counted in, from its state alone: so it does not matter in which order uses, cancels and
 * merges were heard of. A card is taken into use once in a calendar year, in the month of its first use that stands.
 */
export function cellsOf({ status, issuedOn, since, validUntil, uses }: BookingFacts): Cell[] {
  const cells: Cell[] = [];
  const used = uses.filter((one) => one.uses > 0).map(({ month }) => month);
  const firstOfYear = new Map<number, string>();
  for (const month of used.toSorted()) {
    const year = yearOf(month);
    if (!firstOfYear.has(year)) firstOfYear.set(year, month);
  }
  for (const month of firstOfYear.values()) cells.push({ kind: 'MONTH', figure: 'TAKEN_INTO_USE', month });
  const issued = issuedOn.slice(0, 7);
  if (status === 'MERGED') cells.push({ kind: 'MONTH', figure: 'MERGED', month: issued });
  else if (used.length > 0) cells.push({ kind: 'MONTH', figure: 'EVER_USED', month: issued });
  if (status === 'ACTIVE') cells.push({ kind: 'STANDING', validUntil, since, used: used.length > 0 });
  return cells;
}

/** The cell as one text, and back. */
export function cellKey(cell: Cell): string {
  return cell.kind === 'MONTH'
    ? `${cell.figure} ${cell.month}`
    : `STANDING ${cell.validUntil} ${cell.since} ${cell.used ? 1 : 0}`;
}

export function parseCell(key: string): Cell {
  const [figure = '', first = '', since = '', used = ''] = key.split(' ');
  if (figure === 'STANDING') return { kind: 'STANDING', validUntil: first, since, used: used === '1' };
  if (figure === 'TAKEN_INTO_USE' || figure === 'EVER_USED' || figure === 'MERGED')
    return { kind: 'MONTH', figure, month: first };
  throw new Error(`No card is counted in a cell "${key}".`);
}

/** Where a card is counted now: each cell with the issuer and the network that it was counted for. */
export type Booked = Readonly<Record<string, readonly [issuerId: string, networkId: string]>>;

export interface BookingChange {
  readonly cell: Cell;
  readonly issuerId: string;
  readonly networkId: string;
  readonly delta: 1 | -1;
}

/**
 * What has to be added and taken back. What was counted is taken back where it was counted, also when the issuer has
 * gone to another network since.
 */
export function rebook(
  booked: Booked,
  cells: readonly Cell[],
  owner: { readonly issuerId: string; readonly networkId: string },
): { readonly changes: readonly BookingChange[]; readonly booked: Booked } {
  const changes: BookingChange[] = [];
  const next: Record<string, readonly [string, string]> = {};
  for (const cell of cells) {
    const key = cellKey(cell);
    const known = booked[key];
    next[key] = known ?? [owner.issuerId, owner.networkId];
    if (!known) changes.push({ cell, ...owner, delta: 1 });
  }
  for (const [key, [issuerId, networkId]] of Object.entries(booked)) {
    if (!(key in next)) changes.push({ cell: parseCell(key), issuerId, networkId, delta: -1 });
  }
  return { changes, booked: next };
}
