import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Engine } from './dialect.ts';
import { keptMark } from './postgres-client.ts';

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
  const entries = Object.entries<JsonColumn>(columns);
  const names = entries.map(([name]) => name as keyof Row);
  // Without the names it is half as long, and a binary form is taken apart once, not anew for each column.
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  const values = sql.join(
    entries.map(([name, type], place) => {
      const value = sql`value ->> ${sql.lit(place)}`;
      return engine === 'postgres' && type === 'integer'
        ? sql`(${value})::integer as ${sql.id(name)}`
        : sql`${value} as ${sql.id(name)}`;
    }),
  );
  const each = engine === 'postgres' ? sql`jsonb_array_elements(${json}::jsonb)` : sql`jsonb_each(${json})`;
  return sql`(select ${values} from ${each}) as ${sql.id(alias)}`;
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

/**
 * Runs statements that do not depend on each other, and gives the rows of the last. On PostgreSQL they are one, `with … as
 * (…)`: one way to the server instead of several. Foreign keys are checked at the end of it.
 */
export async function runTogether<Row>(
  engine: Engine,
  trx: Transaction<never>,
  others: readonly RawBuilder<unknown>[],
  last: RawBuilder<Row>,
): Promise<readonly Row[]> {
  if (engine === 'sqlite') {
    for (const statement of others) await statement.execute(trx);
    return (await last.execute(trx)).rows;
  }
  const parts = others.map((one, place) => sql`${sql.id(`w${place}`)} as (${one})`);
  const before = parts.length > 0 ? sql`with ${sql.join(parts)} ` : sql``;
  return (await sql<Row>`${kept}${before}${last}`.execute(trx)).rows;
}

/** At the beginning of a statement whose text is always the same: PostgreSQL plans it once per connection. */
export const kept: RawBuilder<never> = sql.raw(keptMark);
