import { sql, type Kysely } from 'kysely';
import type { DatabaseLocation } from '../database/database.ts';
import { openPostgres } from '../database/postgres.ts';
import { openSqliteReader } from '../database/sqlite.ts';
import type { SubgraphName } from '../names.ts';
import type { IsoInstant } from '../units.ts';
import type { PlatformTables } from './tables.ts';

export interface PublishedEvent {
  /** Where in the log it stands. Opaque: only a log can compare two of them. */
  readonly position: string;
  readonly id: string;
  readonly topic: string;
  readonly at: IsoInstant;
  readonly payload: unknown;
}

/** Another subgraph's outbox, read-only: the one thing of it that may be read. */
export interface EventLog {
  readonly name: SubgraphName;
  /** The next events after a position, oldest first. An event is never skipped, also not one that commits late. */
  read(after: string, limit: number): Promise<PublishedEvent[]>;
  /** Whether anything is committed after this position, also what `read` still holds back. */
  pending(after: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Before the first event. */
export const beginning = '0:0';

interface Row {
  seq: number;
  xid: string;
  id: string;
  topic: string;
  payload: string;
  at: string;
}

/**
 * Opens the log of a subgraph. The connection is made at the first read, so that subgraphs may start in any order; a
 * read fails as long as the other has never started.
 */
export function openEventLog(location: DatabaseLocation, name: SubgraphName): EventLog {
  let connection: Kysely<PlatformTables> | undefined;
  const db = (): Kysely<PlatformTables> =>
    (connection ??=
      location.engine === 'sqlite'
        ? openSqliteReader<PlatformTables>(location.directory, name)
        : openPostgres<PlatformTables>(location.url, name, { max: 2, readOnly: true }));

  const rowsAfter = async (after: string, limit: number, settledOnly: boolean): Promise<Row[]> => {
    const [xid = '0', seq = '0'] = after.split(':');
    if (location.engine === 'sqlite') {
      const { rows } = await sql<Row>`
        select seq, '0' as xid, id, topic, payload, at from outbox
        where seq > ${Number(seq)} order by seq limit ${limit}`.execute(db());
      return rows;
    }
    // A writer that commits late has a smaller seq than what was read already. So the order is that of transactions, and
    // nothing is read at or beyond the oldest transaction that still runs.
    const settled = settledOnly ? sql`and xid < pg_snapshot_xmin(pg_current_snapshot())` : sql``;
    const { rows } = await sql<Row>`
      select seq, xid::text as xid, id, topic, payload, at from outbox
      where (xid, seq) > (${xid}::xid8, ${seq}::bigint) ${settled}
      order by outbox.xid, seq limit ${limit}`.execute(db());
    return rows;
  };

  return {
    name,
    async read(after, limit) {
      const rows = await rowsAfter(after, limit, true);
      return rows.map(({ seq, xid, id, topic, payload, at }) => ({
        position: `${xid}:${seq}`,
        id,
        topic,
        at,
        payload: JSON.parse(payload) as unknown,
      }));
    },
    async pending(after) {
      return (await rowsAfter(after, 1, false)).length > 0;
    },
    async close() {
      await connection?.destroy();
    },
  };
}
