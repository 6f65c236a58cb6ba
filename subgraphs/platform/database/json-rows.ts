import { sql, type RawBuilder } from 'kysely';
import type { Engine } from './dialect.ts';

/** A column of rows that a statement is given: as in ColumnTypes, and null where the table allows it. */
export type JsonColumn = 'text' | 'integer';

/** Every column of `Row` with its type. */
export type JsonColumns<Row> = Readonly<Record<keyof Row & string, JsonColumn>>;

/**
 * Rows as a table for `from`, in their order: one parameter, however many they are, so that one prepared statement serves
 * every number of rows. `alias` and the columns' names are the program's own words, never a caller's.
 */
export function jsonRows<Row extends object>(
  engine: Engine,
  alias: string,
  columns: JsonColumns<Row>,
  rows: readonly Row[],
): RawBuilder<Row> {
  const json = JSON.stringify(rows);
  const entries = Object.entries<JsonColumn>(columns);
  if (engine === 'postgres') {
    const types = sql.join(entries.map(([name, type]) => sql`${sql.id(name)} ${sql.raw(type)}`));
    return sql`json_to_recordset(${json}::json) as ${sql.id(alias)}(${types})`;
  }
  const values = sql.join(entries.map(([name]) => sql`value ->> ${sql.lit(`$.${name}`)} as ${sql.id(name)}`));
  return sql`(select ${values} from json_each(${json})) as ${sql.id(alias)}`;
}

/** `insert into <table> (<columns>) select <columns> from <rows>`, in their order. */
export function insertJsonRows<Row extends object>(
  engine: Engine,
  table: string,
  columns: JsonColumns<Row>,
  rows: readonly Row[],
): RawBuilder<never> {
  const names = sql.join(Object.keys(columns).map((name) => sql.id(name)));
  // Without `where` SQLite would read a following `on conflict` as part of a join.
  return sql`insert into ${sql.table(table)} (${names}) select ${names} from ${jsonRows(engine, 'rows', columns, rows)} where true`;
}
