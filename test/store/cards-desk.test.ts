import { CompiledQuery, sql, type Kysely, type RootOperationNode } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskFilters, deskLimits, type DeskLimits } from '../../subgraphs/cards/domain/desk.ts';
import {
  findIssuerCardByCode,
  listIssuerCards,
  mostCounted,
} from '../../subgraphs/cards/store/issuer-cards.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { encodeCursor, totalOf } from '../../subgraphs/platform/pagination.ts';
import { kuopio, openTestCards, type TestCards } from '../subgraph/card-support.ts';
import { deskOf, form, given, otherStaff } from '../subgraph/cards-register-support.ts';
import { engines } from '../support/databases.ts';

const cardCount = 100_000;
const today = '2026-11-22';

describe.each(engines)("a unit's screen on $name", ({ location, name }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const issuerId = kuopio.partnerId;
  const list = async (args: string): Promise<{ id: string; [field: string]: unknown }[]> => {
    const query = `{ issuerCards(issuerId: "${issuerId}", ${args}) { nodes {
      id kind status issuedOn validUntil used codeEnding } totalCount } }`;
    const { issuerCards } = await deskOf(cards).read(query);
    return (issuerCards as { nodes: { id: string }[] }).nodes;
  };

  it('shows its cards by filter and by code, without a fact of any holder', async () => {
    const desk = deskOf(cards);
    const one = async (change: object = {}): Promise<{ id: string; code: string }> =>
      given(await desk.do('issueCard', form(change)));
    const [fresh, soon, past, out] = [
      await one(),
      await one({ issuedOn: '2025-12-01' }),
      await one({ issuedOn: '2025-02-01' }),
      await one(),
    ];
    await desk.status(`suspendCard(cardId: "${out.id}", reason: OTHER)`);
    const ids = async (args: string): Promise<string[]> => (await list(args)).map(({ id }) => id);
    expect(await ids('filter: VALID')).toEqual([soon.id, fresh.id]);
    expect(await ids('filter: EXPIRING_SOON')).toEqual([soon.id]);
    expect(await ids('filter: EXPIRING_SOON, withinDays: 3')).toEqual([]);
    expect(await ids('filter: EXPIRED')).toEqual([past.id]);
    expect(await ids('filter: SUSPENDED')).toEqual([out.id]);
    expect(await ids('filter: NEVER_USED')).toEqual([soon.id, fresh.id]);
    expect(await ids('first: 10')).toEqual([past.id, soon.id, fresh.id, out.id]);
    expect(await list(`code: "${soon.code.toLowerCase()}"`)).toEqual([
      {
        id: soon.id,
        kind: 'PERSONAL',
        status: 'VALID',
        issuedOn: '2025-12-01',
        validUntil: '2026-11-30',
        used: false,
        codeEnding: soon.code.slice(-4),
      },
    ]);
    await cards.publish('venues', 'redemption.recorded', { cardId: fresh.id, at: `${today}T09:00:00.000Z` });
    await cards.subgraph.caughtUp();
    expect(await ids('filter: NEVER_USED')).toEqual([soon.id]);
    await desk.do('replaceCard', { cardId: soon.id, reason: 'LOST', requestId: 'replaced-once' });
    expect(await ids(`code: "${soon.code}"`)).toEqual([soon.id]);
  });

  it('is for its own staff, and answers BAD_INPUT to what cannot be asked', async () => {
    const desk = deskOf(cards);
    const query = (args: string): string => `{ issuerCards(${args}) { totalCount } }`;
    for (const viewer of [otherStaff, { role: 'NATIONAL' }, { role: 'COORDINATOR', networkId: 'n' }] as const)
      await expect(desk.read(query(`issuerId: "${issuerId}"`), viewer)).rejects.toThrow('FORBIDDEN');
    for (const args of [
      'withinDays: -1',
      'withinDays: 367',
      'code: ""',
      'code: "K7M4"',
      'first: 201',
      'after: "x"',
    ])
      await expect(desk.read(query(`issuerId: "${issuerId}", ${args}`))).rejects.toThrow('BAD_INPUT');
    const { id } = given(await desk.do('issueCard', form()));
    expect(await desk.read(`{ card(id: "${id}") { holder { birthYear } } }`)).toEqual({
      card: { holder: { birthYear: 1990 } },
    });
    expect(await desk.read(`{ card(id: "${id}") { id } }`, otherStaff)).toEqual({ card: null });
    expect(
      await desk.read(`{ card(id: "${id}") { periods { event } changes { kind } } }`, {
        role: 'HOLDER',
        cardId: id,
      }),
    ).toEqual({ card: { periods: [{ event: 'ISSUED' }], changes: null } });
    expect(
      await desk.read(`{ card(id: "${id}") { kind periods { event } changes { kind } } }`, {
        role: 'VENUE_STAFF',
        venueId: 'v',
      }),
    ).toEqual({ card: { kind: 'PERSONAL', periods: null, changes: null } });
  });

  describe(`with most of ${cardCount} cards`, () => {
    beforeAll(async () => {
      await cards.services.database.write((trx) =>
        sql`insert into card (id, kind, status, issuer_id, issued_on, issued_year, valid_until, registered_at,
            status_changed_at, uses)
          with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.raw(String(cardCount))})
          select 'bulk-' || i, 'COMMUNITY', case when i % 50 = 0 then 'SUSPENDED' else 'ACTIVE' end,
            case when i % 20 <> 0 then ${sql.lit(issuerId)} else 'unit-' || (i % 800) end, '2026-01-01', 2026,
            '2026-' || substr('010203040506070809101112', 1 + 2 * (i % 12), 2) || '-15', '', '', i % 3
          from n`.execute(trx),
      );
      const analyse = name === 'sqlite' ? sql`analyze` : sql`analyze card`;
      await cards.services.database.write((trx) => analyse.execute(trx));
    }, 60_000);

    /** How the database goes about each query that `work` makes. */
    async function plansOf(work: (db: Kysely<CardsTables>) => Promise<unknown>): Promise<string[]> {
      const { reader } = cards.services.database;
      const seen: RootOperationNode[] = [];
      await work(
        reader.withPlugin({
          transformQuery: ({ node }) => {
            seen.push(node);
            return node;
          },
          transformResult: ({ result }) => Promise.resolve(result),
        }),
      );
      const plans: string[] = [];
      for (const node of seen) {
        const { sql: text, parameters } = reader
          .getExecutor()
          .compileQuery(node, { queryId: 'plan' } as never);
        const explain = name === 'sqlite' ? 'explain query plan ' : 'explain ';
        const { rows } = await reader.executeQuery(CompiledQuery.raw(explain + text, [...parameters]));
        plans.push(JSON.stringify(rows));
      }
      return plans;
    }

    const limits: readonly [string, DeskLimits][] = [null, ...deskFilters].map((filter) => [
      filter ?? 'all',
      deskLimits(filter, today, 30),
    ]);

    const order = [
      { column: 'valid_until', as: 'validUntil', direction: 'asc' },
      { column: 'id', as: 'id', direction: 'asc' },
    ] as const;
    const after = encodeCursor({ validUntil: '2026-12-15', id: 'bulk-500' }, order);

    it.each(limits)('the list %s is read along an index, in its order', async (_, limit) => {
      const [plan = '', ...counts] = await plansOf((db) => listIssuerCards(db, issuerId, limit, {}));
      // Nobody asked how many there are.
      expect(counts).toEqual([]);
      expect(plan).toMatch(/card_(of_issuer|unused|issued)/);
      expect(plan).not.toMatch(/Seq Scan|SCAN card(?! USING)|Sort|TEMP B-TREE/);
    });

    it.each(limits)(
      'a page of the list %s begins in the index where the one before ended',
      async (_, limit) => {
        const [plan = ''] = await plansOf((db) => listIssuerCards(db, issuerId, limit, { after }));
        // Of the few that a cursor may leave PostgreSQL rather sorts them.
        expect(plan).not.toMatch(/Seq Scan|SCAN card(?! USING)|TEMP B-TREE/);
        expect(plan).toMatch(/Index Cond[^"]*valid_until >= |issuer_id=\?.*valid_until>\?/);
      },
    );

    it.each(limits)(
      'the length of the list %s is counted up to 10 000, and no further',
      async (filter, limit) => {
        const total = async (db: Kysely<CardsTables>): Promise<number> =>
          totalOf(await listIssuerCards(db, issuerId, limit, { first: 0 }));
        const counted = await total(cards.services.database.reader);
        expect(counted).toBeLessThanOrEqual(mostCounted);
        const isLong = ['all', 'EXPIRED'].includes(filter);
        expect(counted === mostCounted).toBe(isLong);
        const [, plan = ''] = await plansOf(total);
        // SQLite's plans do not show a limit; that it holds is seen by the count itself.
        expect(plan).toMatch(name === 'sqlite' ? /INDEX card_/ : /Limit/);
        expect(plan).not.toMatch(/SCAN card(?! USING)|Sort|TEMP B-TREE/);
      },
    );

    it('a deep page begins where the one before ended', async () => {
      const { reader } = cards.services.database;
      const whole = await listIssuerCards(reader, issuerId, {}, { first: 200 });
      const rest = await listIssuerCards(reader, issuerId, {}, { first: 100, after: whole.cursors[99] });
      expect(rest.items).toEqual(whole.items.slice(100));
      const deep = await listIssuerCards(reader, issuerId, {}, { first: 3, after });
      expect(deep.items.map(({ validUntil }) => validUntil)).toEqual(Array(3).fill('2026-12-15'));
      expect(deep.items.every(({ id }) => id > 'bulk-500')).toBe(true);
    });

    it('a code is found by its key', async () => {
      const plans = await plansOf((db) => findIssuerCardByCode(db, issuerId, 'K7M42Q9X3B0T'));
      for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on card\b|SCAN card(?! USING)/);
    });
  });
});
