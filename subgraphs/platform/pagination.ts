import { sql, type Expression, type SelectQueryBuilder, type SqlBool } from 'kysely';
import { badInput } from './errors.ts';

/** Relay's forward arguments. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** One opaque cursor per item. */
  readonly cursors: readonly string[];
  /** How many there are on all pages; a function counts only when somebody asks, for a count costs more than a page. */
  readonly totalCount: number | (() => Promise<number>);
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A column of the order: in SQL, and under its name in the row. Never null in the table. */
export interface OrderColumn {
  readonly column: string;
  readonly as: string;
  readonly direction: 'asc' | 'desc';
  /** Said of an integer column; the others are texts. A cursor from outside must fit. */
  readonly type?: 'integer';
}

export const defaultPageSize = 50;
export const maxPageSize = 200;

type Value = string | number;

/**
 * One page of a filtered query, by key and not by offset: a row that comes or goes meanwhile neither repeats nor hides
 * another. The last order column must be unique. `total` counts in another way than row by row. Refuses BAD_INPUT for a
 * size outside 0…200 or a foreign cursor.
 */
export async function readPage<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  {
    args,
    order,
    total = () => countAll(query),
  }: {
    readonly args: PageArgs;
    readonly order: readonly OrderColumn[];
    readonly total?: () => Promise<number>;
  },
): Promise<Page<Row>> {
  const size = pageSize(args);
  const after = args.after ? decodeCursor(args.after, order) : null;
  let page = query.limit(size + 1);
  for (const { column, direction } of order) page = page.orderBy(sql.ref(column), direction);
  if (after) page = page.where(beyond(order, after));
  const rows = await page.execute();
  const items = rows.slice(0, size);
  return {
    items,
    cursors: items.map((row) => encodeCursor(row as object, order)),
    totalCount: total,
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null,
  };
}

async function countAll<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
): Promise<number> {
  const count = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number((count as { total: number }).total);
}

/** How many there are on all pages, counted now unless it is known. */
export async function totalOf({ totalCount }: Page<unknown>): Promise<number> {
  return typeof totalCount === 'function' ? totalCount() : totalCount;
}

/** The asked page size, checked. */
export function pageSize({ first }: PageArgs): number {
  const size = first ?? defaultPageSize;
  if (!Number.isInteger(size) || size < 0 || size > maxPageSize) {
    throw badInput(`first is a whole number from 0 to ${maxPageSize}.`, { first: size });
  }
  return size;
}

/** An empty page: for a viewer who may see none. */
export function emptyPage<Item>(): Page<Item> {
  return { items: [], cursors: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false };
}

/**
 * (a, b, id) > (x, y, z), spelled out so that each column may have its own direction; with a >= x beside it, from which an
 * index can begin.
 */
function beyond(order: readonly OrderColumn[], after: readonly Value[]): Expression<SqlBool> {
  const alternatives = order.map(({ column, direction }, index) => {
    const equal = order.slice(0, index).map((previous, i) => sql`${sql.ref(previous.column)} = ${after[i]}`);
    const further = sql`${sql.ref(column)} ${sql.raw(direction === 'asc' ? '>' : '<')} ${after[index]}`;
    return sql`(${sql.join([...equal, further], sql` and `)})`;
  });
  const [first] = order;
  if (!first) throw new Error('A page has an order.');
  const begin = sql`${sql.ref(first.column)} ${sql.raw(first.direction === 'asc' ? '>=' : '<=')} ${after[0]}`;
  return sql<SqlBool>`(${begin} and (${sql.join(alternatives, sql` or `)}))`;
}

/** The cursor of a row in this order. */
export function encodeCursor(row: object, order: readonly OrderColumn[]): string {
  const values = order.map(({ as }) => (row as Readonly<Record<string, unknown>>)[as]);
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decodeCursor(cursor: string, order: readonly OrderColumn[]): Value[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isKey(values, order)) return values;
  } catch {
    // Said below, once for every way of being wrong.
  }
  throw badInput('after is a cursor of this connection, taken from endCursor or an edge of the page before.');
}

const maxInteger = 2 ** 31 - 1;

/** PostgreSQL takes neither a word for an integer nor a NUL in a text: that must not become an error of ours. */
function isKey(values: unknown, order: readonly OrderColumn[]): values is Value[] {
  if (!Array.isArray(values) || values.length !== order.length) return false;
  return order.every(({ type }, index) => {
    const value: unknown = values[index];
    return type === 'integer'
      ? Number.isInteger(value) && Math.abs(Number(value)) <= maxInteger
      : typeof value === 'string' && !value.includes('\0');
  });
}

/** The same page with each item made into another shape. */
export function mapPage<From, To>(page: Page<From>, change: (item: From) => To): Page<To> {
  return { ...page, items: page.items.map(change) };
}

const finnishLast: Readonly<Record<string, string>> = { å: '{', ä: '|', æ: '|', ö: '}', ø: '}', œ: '}' };

/**
 * The key by which names are searched and sorted, the same on both engines: lower case, å ä ö after z as in Finnish,
 * other accents dropped.
 */
export function fold(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[åäöæøœ]/g, (letter) => finnishLast[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss');
}

/** The pattern for `name_key like … escape '\'` that finds names containing these letters. */
export function containing(search: string): string {
  return `%${fold(search).replaceAll(/[\\%_]/g, '\\$&')}%`;
}
