/** Fewest persons of whom a figure tells those whose own work it is not. Source: domain.md "Statistics". */
export const leastPersons = 5;

/**
 * What one cell counts: one number, or a number and its complement (unused and used cards), where knowing one is knowing
 * the other. Nought is shown: it counts nobody.
 */
export type Counts = readonly number[];

export function isSmall(counts: Counts): boolean {
  return counts.some((count) => count > 0 && count < leastPersons);
}

export function sumOf(cells: readonly Counts[]): Counts {
  const width = Math.max(1, ...cells.map((cell) => cell.length));
  return Array.from({ length: width }, (_, at) => cells.reduce((sum, cell) => sum + (cell[at] ?? 0), 0));
}

/** One line of a table: its parts add up to its total, so whoever sees all but one of them knows that one too. */
interface Line {
  readonly parts: readonly Cell[];
  readonly total: Cell;
}

interface Cell {
  readonly counts: Counts;
  hidden: boolean;
}

/**
 * Hides what of one line must not be seen. With the total in sight, what is hidden must be two cells or more, and not few
 * persons together; with the total hidden, one part must be too. The smallest cell goes first. True: something was hidden.
 */
function protectLine({ parts, total }: Line): boolean {
  let changed = false;
  const hide = (cell: Cell): void => {
    cell.hidden = true;
    changed = true;
  };
  for (const cell of [...parts, total]) if (!cell.hidden && isSmall(cell.counts)) hide(cell);
  for (;;) {
    const hidden = parts.filter((cell) => cell.hidden);
    const safe = total.hidden
      ? hidden.length > 0 || parts.every(isNought)
      : hidden.length === 0 || (hidden.length > 1 && !isSmall(sumOf(hidden.map(({ counts }) => counts))));
    if (safe) return changed;
    const [next] = parts.filter((cell) => !cell.hidden && !isNought(cell)).toSorted(bySize);
    if (next) hide(next);
    else if (!total.hidden) hide(total);
    else return changed;
  }
}

function isNought({ counts }: Cell): boolean {
  return counts.every((count) => count === 0);
}

function bySize(a: Cell, b: Cell): number {
  return size(a) - size(b);
}

function size({ counts }: Cell): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

export interface SafeList {
  /** For each part, whether it is hidden. */
  readonly hidden: readonly boolean[];
  readonly totalHidden: boolean;
}

/** Which parts of a sum are hidden, when the total is hidden already or not. */
export function suppressList(parts: readonly Counts[], totalHidden = false): SafeList {
  const cells = parts.map(visible);
  const total: Cell = { counts: sumOf(parts), hidden: totalHidden };
  protectLine({ parts: cells, total });
  return { hidden: cells.map(({ hidden }) => hidden), totalHidden: total.hidden };
}

export interface SafeTable {
  /** For each row, whether its sum is hidden. */
  readonly rows: readonly boolean[];
  /** Whether the sum of all is hidden. */
  readonly total: boolean;
  /** For each row, whether its cells are closed: all of them, the noughts too. */
  readonly closed: readonly boolean[];
  /** Whether the sums of the columns are closed, all of them. */
  readonly columnsClosed: boolean;
}

/**
 * What of a table is hidden: networks by months, with the sum of each row, of each column and of all. The sums of the rows
 * are one list. The cells of a row are shown all or none: a row with a small one is closed, and rows more, the smallest
 * first, until the sums of the columns less the open rows tell neither of one row nor of few persons.
 */
export function suppressTable(table: readonly (readonly Counts[])[]): SafeTable {
  const sums = table.map(sumOf);
  const { hidden, totalHidden } = suppressList(sums);
  const columns = (rows: readonly (readonly Counts[])[]): Counts[] =>
    (table[0] ?? []).map((_, at) => sumOf(rows.map((row) => row[at] ?? [0])));
  // Open cells of a hidden sum would add up to it.
  const closed = table.map((row, at) => (hidden[at] ?? false) || row.some(isSmall));
  const columnsClosed = totalHidden || columns(table).some(isSmall);
  const order = sums
    .map((counts, row) => ({ row, size: size(visible(counts)) }))
    .filter((one) => one.size > 0)
    .toSorted((a, b) => a.size - b.size);
  for (;;) {
    const shut = table.filter((_, row) => closed[row]);
    const safe = columnsClosed || shut.length === 0 || (shut.length > 1 && !columns(shut).some(isSmall));
    const next = order.find(({ row }) => !closed[row]);
    if (safe || !next) {
      return { rows: hidden, total: totalHidden, closed, columnsClosed: columnsClosed || !safe };
    }
    closed[next.row] = true;
  }
}

function visible(counts: Counts): Cell {
  return { counts, hidden: false };
}
