import { sql, type ColumnDataType, type RawBuilder } from 'kysely';

/** The engines the product runs on. This file is the only place where they differ for the code above. */
export type Engine = 'sqlite' | 'postgres';

/** The column types that mean the same on both engines, and what ends a CREATE TABLE. */
export interface ColumnTypes {
  readonly engine: Engine;
  /** Compared and sorted byte by byte on both engines. */
  readonly text: RawBuilder<unknown>;
  /** Up to 2^31-1; booleans are 0 and 1. */
  readonly integer: ColumnDataType;
  /** Up to 2^53-1, read as a JavaScript number. */
  readonly bigint: ColumnDataType;
  /** The primary key of a log: grows by itself. */
  readonly sequence: RawBuilder<unknown>;
  /** `STRICT` on SQLite, which would otherwise store `'abc'` in an integer column. For `modifyEnd`. */
  readonly strict: RawBuilder<unknown>;
}

export function columnTypes(engine: Engine): ColumnTypes {
  return engine === 'postgres'
    ? {
        engine,
        text: sql`text collate "C"`,
        integer: 'integer',
        bigint: 'bigint',
        sequence: sql`bigint generated always as identity`,
        strict: sql``,
      }
    : {
        engine,
        text: sql`text`,
        integer: 'integer',
        bigint: 'integer',
        sequence: sql`integer`,
        strict: sql`strict`,
      };
}

interface DriverError {
  readonly code?: unknown;
}

function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as DriverError).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Whether a statement broke a unique index or a primary key. */
export function isUniqueViolation(error: unknown): boolean {
  return /^(23505|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(errorCode(error));
}

/** Whether the same transaction may succeed when it is tried again: a lost race, a lock, a lost connection. */
export function isTransient(error: unknown): boolean {
  return /^(40001|40P01|55P03|57P0[123]|08\w{3}|ECONNRESET|ECONNREFUSED|SQLITE_(BUSY|LOCKED)\w*)$/.test(
    errorCode(error),
  );
}
