import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, digitCount } from '../../subgraphs/cards/domain/code.ts';
import { recountOnce, verifyFigures } from '../../subgraphs/cards/service/recount.ts';
import { repairFigures } from '../../subgraphs/cards/service/repair-figures.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type Answer, type TestCards } from './card-support.ts';

const big = kuopio.partnerId;
const small = { partnerId: 'issuer-small', networkId: kuopio.networkId };
const middle = { partnerId: 'issuer-middle', networkId: kuopio.networkId };
const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: small.partnerId };
const coordinator: Viewer = { role: 'COORDINATOR', networkId: kuopio.networkId };
const national: Viewer = { role: 'NATIONAL' };

const counts =
  'issued { value suppressed } takenIntoUse { value } unused { value suppressed } unusedShare { value }';
const networkQuery = `query ($id: ID!) { networkFigures(networkId: $id, year: 2026) {
  scope year ${counts} validNow { value } months { month issued { value } } parts { id validNow { value } ${counts} } } }`;
const issuerQuery = `query ($id: ID!) { issuerFigures(issuerId: $id, year: 2026) {
  ${counts} validNow { value unit period source definition { fi sv en } } months { issued { value } } parts { id } } }`;
const nationQuery = `{ nationFigures(year: 2026) { issued { value scope } validNow { value } parts { id issued { value suppressed } } } }`;

interface Count {
  readonly value: number | null;
  readonly suppressed: boolean;
}
type Part = Readonly<Record<'issued' | 'unused' | 'validNow', Count>> & { readonly id: string };

function found(answer: Answer, field: string): Record<string, unknown> & { parts: Part[] } {
  expect(answer.errors).toBeUndefined();
  return answer.data?.[field] as Record<string, unknown> & { parts: Part[] };
}

const codes = ({ errors = [] }: Answer): unknown[] => errors.map(({ extensions }) => extensions['code']);

describe.each(engines)('figures of cards on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location(), { issuers: [kuopio, small, middle, tampere] });
    let place = 0;
    const issue = async (issuerId: string, howMany: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let each = 0; each < howMany; each += 1) {
        const digits = Array.from({ length: digitCount }, (_, at) => (at === 0 ? ++place % 32 : 0));
        const cardId = `card-${issuerId}-${each}`;
        await cards.issue({ issuerId, issuedOn: '2026-03-02', seed: { cardId, code: codeOf(digits) } });
        ids.push(cardId);
      }
      return ids;
    };
    const [first = '', second = '', third = ''] = await issue(small.partnerId, 3);
    await issue(middle.partnerId, 6);
    await issue(big, 12);
    await issue(tampere.partnerId, 7);
    for (const cardId of [first, first, second, third]) {
      const use = { redemptionId: 'r', cardId, at: '2026-05-05T10:00:00.000Z' };
      await cards.publish('venues', 'redemption.recorded', use);
      if (cardId !== third) continue;
      const cancel = { ...use, at: '2026-05-06T10:00:00.000Z', recordedAt: use.at };
      await cards.publish('venues', 'redemption.cancelled', cancel);
    }
    await cards.subgraph.caughtUp();
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  it('a unit sees its own figures to the last card, by month, each with its definition', async () => {
    const own = found(await cards.ask(staff, issuerQuery, { id: small.partnerId }), 'issuerFigures');
    expect(own).toMatchObject({
      issued: { value: 3, suppressed: false },
      takenIntoUse: { value: 2 },
      unused: { value: 1, suppressed: false },
      validNow: { value: 3, unit: 'CARDS', period: '2026-11-22', source: 'register of cards' },
    });
    expect(own['months']).toEqual(
      Array.from({ length: 12 }, (_, month) => ({ issued: { value: month === 2 ? 3 : 0 } })),
    );
  });

  it('a coordinator sees the sum of its network, and neither a unit of 3 cards nor the one that would tell it', async () => {
    const network = found(
      await cards.ask(coordinator, networkQuery, { id: kuopio.networkId }),
      'networkFigures',
    );
    expect(network).toMatchObject({ scope: 'network:network-kuopio', year: 2026, issued: { value: 21 } });
    const issued = Object.fromEntries(network.parts.map((part) => [part.id, part.issued.value]));
    expect(issued).toEqual({ [big]: 12, [middle.partnerId]: null, [small.partnerId]: null });
    const valid = Object.fromEntries(network.parts.map((part) => [part.id, part.validNow.value]));
    expect(valid).toEqual({ [big]: 12, [middle.partnerId]: null, [small.partnerId]: null });
  });

  it('asked of the small unit alone, a coordinator hears no more than in the list, and no months', async () => {
    const one = found(await cards.ask(coordinator, issuerQuery, { id: small.partnerId }), 'issuerFigures');
    expect(one).toMatchObject({ issued: { value: null, suppressed: true }, months: null });
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Partner { cardsIssued(year: 2026) } } }`;
    const r = [small, middle, kuopio].map(({ partnerId }) => ({ __typename: 'Partner', id: partnerId }));
    const { data } = await cards.ask(coordinator, query, { r });
    expect(data?.['_entities']).toEqual([{ cardsIssued: null }, { cardsIssued: null }, { cardsIssued: 12 }]);
  });

  it('the national centre sees the nation and its networks', async () => {
    const nation = found(await cards.ask(national, nationQuery), 'nationFigures');
    expect(nation).toMatchObject({ issued: { value: 28, scope: 'nation' }, validNow: { value: 28 } });
    expect(nation.parts.map(({ id, issued }) => [id, issued.value])).toEqual([
      [kuopio.networkId, 21],
      [tampere.networkId, 7],
    ]);
  });

  it('Figures is an entity by scope and year, and one that is not the viewer’s is like none', async () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Figures { issued { value } } } }`;
    const r = [`network:${kuopio.networkId}`, `network:${tampere.networkId}`, 'nation', 'venue:1'].map(
      (scope) => ({
        __typename: 'Figures',
        scope,
        year: 2026,
      }),
    );
    const { data } = await cards.ask(coordinator, query, { r });
    expect(data?.['_entities']).toEqual([{ issued: { value: 21 } }, null, null, null]);
  });

  it.each<[string, Viewer, string, string]>([
    ['another unit', { role: 'ISSUER_STAFF', issuerId: big }, issuerQuery, small.partnerId],
    ['a unit of its network', staff, networkQuery, kuopio.networkId],
    [
      'another coordinator',
      { role: 'COORDINATOR', networkId: tampere.networkId },
      networkQuery,
      kuopio.networkId,
    ],
    [
      'another coordinator',
      { role: 'COORDINATOR', networkId: tampere.networkId },
      issuerQuery,
      small.partnerId,
    ],
    ['a venue', { role: 'VENUE_STAFF', venueId: 'v' }, issuerQuery, small.partnerId],
    ['a holder', { role: 'HOLDER', cardId: 'c' }, issuerQuery, small.partnerId],
    ['anybody', { role: 'ANONYMOUS' }, networkQuery, kuopio.networkId],
    ['a coordinator of the nation', coordinator, nationQuery, ''],
  ])('%s is FORBIDDEN', async (_, viewer, query, id) => {
    expect(codes(await cards.ask(viewer, query, { id }))).toEqual(['FORBIDDEN']);
  });

  it('an id that is none and a year that is none are BAD_INPUT', async () => {
    expect(codes(await cards.ask(national, networkQuery, { id: 'a b' }))).toEqual(['BAD_INPUT']);
    expect(codes(await cards.ask(national, '{ nationFigures(year: 26) { year } }'))).toEqual(['BAD_INPUT']);
  });

  const unusedFields =
    'cards { value } share { value } bands { fromDays cards { value } } experiences { source }';

  it('a unit learns how many of its cards lie unused and for how long, and never whose', async () => {
    const query = `{ unusedCardsOfIssuer(issuerId: "${small.partnerId}") { ${unusedFields} } }`;
    const { data } = await cards.ask(staff, query);
    expect(data?.['unusedCardsOfIssuer']).toMatchObject({
      cards: { value: 1 },
      share: { value: 1 / 3 },
      bands: [0, 31, 91, 181].map((fromDays) => ({ fromDays, cards: { value: fromDays === 181 ? 1 : 0 } })),
    });
    expect(codes(await cards.ask(national, query))).toEqual(['FORBIDDEN']);
  });

  it('a coordinator learns it of the network, without what only two used cards would tell', async () => {
    const query = `{ unusedCardsOfNetwork(networkId: "${kuopio.networkId}") { ${unusedFields} } }`;
    const { data } = await cards.ask(coordinator, query);
    expect(data?.['unusedCardsOfNetwork']).toMatchObject({ cards: { value: null }, share: { value: null } });
    expect(codes(await cards.ask(staff, query))).toEqual(['FORBIDDEN']);
  });

  it('a card taken into use is told once a year, with its id and its year', async () => {
    const rows = await cards.services.database.reader
      .selectFrom('outbox')
      .select('payload')
      .where('topic', '=', 'card.taken-into-use')
      .execute();
    const told = rows.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);
    expect(told.map(({ cardId }) => cardId)).toEqual([0, 1, 2].map((at) => `card-${small.partnerId}-${at}`));
    expect(Object.keys(told[0] ?? {}).toSorted()).toEqual(['at', 'cardId', 'year']);
  });

  it('the recount finds every wrong number by name, and repairing sets it right', async () => {
    const { database } = cards.services;
    expect((await verifyFigures(database)).differences).toEqual([]);
    await database.write(async (trx) => {
      await trx.updateTable('issuer_figure').set({ value: 99 }).where('issuer_id', '=', big).execute();
      await trx
        .updateTable('standing')
        .set({ cards: 50 })
        .where('scope', '=', 'NATION')
        .where('used', '=', 0)
        .execute();
      await trx.updateTable('card').set({ uses: 8 }).where('id', '=', `card-${big}-0`).execute();
      await trx.deleteFrom('card_booking').where('card_id', '=', `card-${small.partnerId}-0`).execute();
    });
    const { differences } = await verifyFigures(database);
    const names = differences.map(({ table, stored, recounted }) => `${table} ${stored} ${recounted}`);
    expect(names).toEqual(
      expect.arrayContaining(['issuer_figure 99 12', 'standing 50 26', 'uses 8 0', 'network_figure 21 108']),
    );
    await repairFigures(database);
    expect((await recountOnce(database.reader)).differences).toEqual([]);
    const own = found(await cards.ask(staff, issuerQuery, { id: small.partnerId }), 'issuerFigures');
    expect(own).toMatchObject({ issued: { value: 3 }, takenIntoUse: { value: 2 } });
  });
});
