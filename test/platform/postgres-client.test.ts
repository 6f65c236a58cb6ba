import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { keptMark, QuickClient } from '../../subgraphs/platform/database/postgres-client.ts';
import { engines, postgresUrl } from '../support/databases.ts';
import { openNotes } from './support.ts';

const [postgres] = engines.filter(({ name }) => name === 'postgres');

async function connected(): Promise<QuickClient & AsyncDisposable> {
  const client = new QuickClient({ connectionString: postgresUrl() });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

const ask = async (client: QuickClient, text: string): Promise<unknown[]> =>
  (await (client.query as (text: string) => Promise<{ rows: unknown[] }>)(text)).rows;

describe('a connection to PostgreSQL', () => {
  it('opens a transaction without waiting for the answer, and the first statement is in it', async () => {
    await using client = await connected();
    await ask(client, 'create temporary table kept (id text)');
    expect(await ask(client, 'begin')).toEqual([]);
    await ask(client, `insert into kept values ('a')`);
    await ask(client, 'rollback');
    expect(await ask(client, 'select id from kept')).toEqual([]);
  });

  it('gives the first statement the error of a transaction that could not be opened', async () => {
    await using client = await connected();
    await ask(client, 'begin isolation level no such level');
    await expect(ask(client, 'select 1 as one')).rejects.toThrow(/syntax error/);
    expect(await ask(client, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is of use again after a first statement that failed', async () => {
    await using client = await connected();
    await ask(client, 'start transaction');
    await expect(ask(client, 'select no_such_column')).rejects.toThrow(/no_such_column/);
    await ask(client, 'rollback');
    expect(await ask(client, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('plans a marked statement once', async () => {
    await using client = await connected();
    for (let turn = 0; turn < 2; turn += 1) await ask(client, `${keptMark}select 1 as one`);
    await ask(client, 'select 2 as two');
    const plans = await ask(client, 'select statement from pg_prepared_statements');
    expect(plans).toEqual([{ statement: `${keptMark}select 1 as one` }]);
  });

  it('writes in the isolation that was asked for', async () => {
    if (!postgres) throw new Error('No PostgreSQL to test on.');
    await using notes = await openNotes(await postgres.location());
    const isolation = (options?: { readonly isolation: 'repeatable read' }): Promise<unknown> =>
      notes.write(async (trx) => (await sql`show transaction_isolation`.execute(trx)).rows, options);
    expect(await isolation({ isolation: 'repeatable read' })).toEqual([
      { transaction_isolation: 'repeatable read' },
    ]);
    expect(await isolation()).toEqual([{ transaction_isolation: 'read committed' }]);
  });
});
