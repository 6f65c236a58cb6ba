import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  insertJsonRows,
  isUniqueViolation,
  jsonRows,
  runTogether,
  type JsonColumns,
} from '../../subgraphs/platform/database/index.ts';
import { engines } from '../support/databases.ts';
import { openNotes } from './support.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly size: number | null;
}

const columns: JsonColumns<Row> = { id: 'text', name: 'text', size: 'integer' };
const rows: readonly Row[] = [
  { id: 'b', name: `O'Brien "quoted" \\ back`, size: 0 },
  { id: 'a', name: 'Åäö 🎭 \n tab\t', size: -5 },
  { id: 'c', name: '', size: 2_147_483_647 },
  { id: 'd', name: '12', size: 7 },
];

describe.each(engines)('rows in one parameter on $name', (engine) => {
  it('come as they are and in their order, null and numbers that are text included', async () => {
    await using notes = await openNotes(await engine.location());
    const asked = [...rows, { id: 'e', name: 'none', size: null }];
    const found =
      await sql<Row>`select id, name, size from ${jsonRows(notes.engine, 'rows', columns, asked)}`.execute(
        notes.reader,
      );
    expect(found.rows).toEqual(asked);
    const none = await sql<Row>`select id from ${jsonRows(notes.engine, 'rows', columns, [])}`.execute(
      notes.reader,
    );
    expect(none.rows).toEqual([]);
  });

  it('are inserted by one statement, and statements that run together all have their effect or none', async () => {
    await using notes = await openNotes(await engine.location());
    const insert = (part: readonly Row[]) => insertJsonRows(notes.engine, 'note', columns, part);
    await notes.write(async (trx) => {
      const louder = sql`update note set size = 1 where id = 'z'`;
      await runTogether(
        notes.engine,
        trx as never,
        [insert(rows.slice(0, 2)), louder],
        insert(rows.slice(2)),
      );
    });
    const stored = await notes.reader.selectFrom('note').selectAll().orderBy('id').execute();
    expect(stored).toEqual([...rows].sort((a, b) => (a.id < b.id ? -1 : 1)));
    await expect(
      notes.write((trx) =>
        runTogether(notes.engine, trx as never, [insert([{ id: 'x', name: 'new', size: 1 }])], insert(rows)),
      ),
    ).rejects.toSatisfy(isUniqueViolation);
    expect((await notes.reader.selectFrom('note').select('id').where('id', '=', 'x').execute()).length).toBe(
      0,
    );
  });

  it('a statement that is kept answers anew each time', async () => {
    await using notes = await openNotes(await engine.location());
    const count = async (part: readonly Row[]): Promise<number> => {
      const insert = insertJsonRows(notes.engine, 'note', columns, part);
      await notes.write((trx) => runTogether(notes.engine, trx as never, [], insert));
      return (await notes.reader.selectFrom('note').select('id').execute()).length;
    };
    expect([await count(rows.slice(0, 1)), await count(rows.slice(1, 3)), await count([])]).toEqual([
      1, 3, 3,
    ]);
  });
});
