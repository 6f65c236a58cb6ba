import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import {
  OperationNodeTransformer,
  sql,
  WhereNode,
  type KyselyPlugin,
  type QueryId,
  type RootOperationNode,
} from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode } from '../../subgraphs/cards/domain/code.ts';
import { createCardBatch } from '../../subgraphs/cards/service/batches.ts';
import { issueCard, type IssueCardInput } from '../../subgraphs/cards/service/issue-card.ts';
import type { CardsServices } from '../../subgraphs/cards/service/services.ts';
import { findWaitingCodes } from '../../subgraphs/cards/store/batches.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import { kuopio, openTestCards, type TestCards } from '../subgraph/card-support.ts';
import { form, staff } from '../subgraph/cards-register-support.ts';
import { engines, testNow } from '../support/databases.ts';

const desks = 3;

describe.each(engines)('one printed card at several desks on $name', ({ location }) => {
  let place: DatabaseLocation;
  let cards: TestCards;
  beforeAll(async () => {
    place = await location();
    cards = await openTestCards(place);
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const printed = async (count: number): Promise<CardCode[]> => {
    const batch = await createCardBatch(cards.services, staff, {
      issuerId: kuopio.partnerId,
      count,
      requestId: newId(),
    });
    if (isRefusal(batch)) throw new Error(batch.code);
    return findWaitingCodes(cards.services.database.reader, batch.id, { from: 1, to: count });
  };
  const hand = async (code: CardCode, services: CardsServices = cards.services): Promise<string> => {
    const said = await issueCard(services, staff, form({ printedCode: code }) as unknown as IssueCardInput);
    return isRefusal(said) ? said.code : 'ISSUED';
  };
  const cardsOf = async (codes: readonly CardCode[]): Promise<number> => {
    const { reader } = cards.services.database;
    return (await reader.selectFrom('card_code').select('code').where('code', 'in', codes).execute()).length;
  };
  const allCards = async (): Promise<number> =>
    (await cards.services.database.reader.selectFrom('card').select('id').execute()).length;

  it('of desks in processes of their own one hands it over, the others hear CODE_ALREADY_ISSUED', async () => {
    const codes = await printed(4);
    const before = await allCards();
    const heard = await fromProcesses(place, codes);
    for (const [index] of codes.entries()) {
      const ofOne = heard.map((answers) => answers[index] ?? '').toSorted();
      expect(ofOne).toEqual([...Array<string>(desks - 1).fill('CODE_ALREADY_ISSUED'), 'ISSUED']);
    }
    expect(await cardsOf(codes)).toBe(codes.length);
    expect(await allCards()).toBe(before + codes.length);
  });

  it('the same of many at once in one process', async () => {
    const [code] = await printed(1);
    const heard = await Promise.all(Array.from({ length: 8 }, () => hand(code!)));
    expect(heard.toSorted()).toEqual([...Array<string>(7).fill('CODE_ALREADY_ISSUED'), 'ISSUED']);
  });

  it('the same request of two desks is one card', async () => {
    const [code] = await printed(1);
    const wish = form({ printedCode: code }) as unknown as IssueCardInput;
    const said = await Promise.all([1, 2].map(() => issueCard(cards.services, staff, wish)));
    expect(new Set(said.map((one) => (isRefusal(one) ? one.code : one.card.id))).size).toBe(1);
  });

  // The control: each guard alone holds, and without both the test above would see two cards.
  it.each([
    ['the claim', ['ISSUED', 'CODE_ALREADY_ISSUED']],
    ['the key', ['ISSUED', 'CODE_ALREADY_ISSUED']],
    ['both', ['ISSUED', 'ISSUED']],
  ] as const)('with %s taken away, two desks hear %j', async (without, expected) => {
    const [code] = await printed(1);
    const blind = blinded(cards.services, without);
    const heard = await Promise.all([hand(code!, blind), hand(code!, blind)]);
    expect(heard.toSorted().toReversed()).toEqual([...expected]);
  });
});

/** What each of several processes heard about each code, all of them begun when all are there. */
async function fromProcesses(place: DatabaseLocation, codes: readonly CardCode[]): Promise<string[][]> {
  const script = path.join(import.meta.dirname, '..', 'support', 'desk-process.mjs');
  const args = [JSON.stringify(place), kuopio.partnerId, testNow];
  const children: ChildProcess[] = Array.from({ length: desks }, () => fork(script, args, { execArgv: [] }));
  try {
    await Promise.all(children.map(said));
    const heard = children.map(said);
    for (const child of children) child.send(codes);
    return (await Promise.all(heard)) as string[][];
  } finally {
    for (const child of children) child.kill();
  }
}

/** The next thing that a process says; an error when it ends without a word. */
function said(child: ChildProcess): Promise<unknown> {
  return new Promise((resume, fail) => {
    child.once('message', resume);
    child.once('exit', (code) => fail(new Error(`A desk ended with ${code}.`)));
  });
}

/** Services whose transactions do not see that a code is taken: the claim deletes nothing, the key says yes to all. */
function blinded(services: CardsServices, without: 'the claim' | 'the key' | 'both'): CardsServices {
  const { database } = services;
  const plugin = new Blindness(without !== 'the key', without !== 'the claim');
  const write: typeof database.write = (work) =>
    database.write((trx) => work(trx.withPlugin(plugin) as typeof trx));
  return { ...services, database: { ...database, reader: database.reader, write } };
}

class Blindness extends OperationNodeTransformer implements KyselyPlugin {
  readonly #claim: boolean;
  readonly #key: boolean;
  readonly #touched = new WeakSet<QueryId>();

  constructor(claim: boolean, key: boolean) {
    super();
    this.#claim = claim;
    this.#key = key;
  }

  transformQuery({ node, queryId }: { node: RootOperationNode; queryId: QueryId }): RootOperationNode {
    if (this.#claim && node.kind === 'DeleteQueryNode' && names(node, 'card_batch_code')) {
      this.#touched.add(queryId);
      return { ...node, where: WhereNode.create(sql`1 = 0`.toOperationNode()) };
    }
    if (this.#key && node.kind === 'InsertQueryNode' && names(node.into, 'card_code'))
      this.#touched.add(queryId);
    return node;
  }

  async transformResult({
    result,
    queryId,
  }: Parameters<KyselyPlugin['transformResult']>[0]): ReturnType<KyselyPlugin['transformResult']> {
    if (!this.#touched.has(queryId)) return result;
    return { ...result, numAffectedRows: 1n, rows: result.rows.length > 0 ? result.rows : [{}] };
  }
}

function names(node: unknown, table: string): boolean {
  return JSON.stringify(node, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ).includes(`"name":"${table}"`);
}
