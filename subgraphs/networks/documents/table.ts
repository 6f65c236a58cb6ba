import { readCsv } from '../../platform/assets.ts';

/** The rows of one of the tables in ../data, with the columns asked for. */
export function readTable<Column extends string>(
  name: string,
  columns: readonly Column[],
): Record<Column, string>[] {
  const rows = readCsv<Record<string, string>>(`subgraphs/networks/data/${name}.csv`);
  return rows.map((row) => {
    const picked = {} as Record<Column, string>;
    for (const column of columns) {
      const value = row[column];
      if (value === undefined) throw new Error(`${name}.csv has no column ${column}.`);
      picked[column] = value;
    }
    return picked;
  });
}

/** A blank cell is "the document does not say", never an empty text or a zero. */
export function orNull(printed: string): string | null {
  return printed === '' ? null : printed;
}

/** Our own tables say yes or no; anything else is a slip of the pen that must not be read as no. */
export function yesOrNo(printed: string): boolean {
  if (printed !== 'yes' && printed !== 'no')
    throw new Error(`A table says ${printed} where it must say yes or no.`);
  return printed === 'yes';
}
