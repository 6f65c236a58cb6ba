import { describe, expect, test } from 'vitest';
import { logRead } from '../../subgraphs/cards/store/read-log.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type Answer } from './card-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const national: Viewer = { role: 'NATIONAL' };
const holderOf = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });
const roles: readonly Viewer[] = [
  { role: 'ANONYMOUS' },
  { role: 'HOLDER', cardId: 'another' },
  issuer,
  { role: 'ISSUER_STAFF', issuerId: tampere.partnerId },
  { role: 'VENUE_STAFF', venueId: 'v' },
  { role: 'COORDINATOR', networkId: kuopio.networkId },
  national,
  { role: 'DISPLAY', venueId: 'v' },
  { role: 'PARTNER_APP', appId: 'a' },
];

const entity = (fields: string): string => `query ($id: ID!, $history: String) {
  _entities(representations: [{ __typename: "Card", id: $id, useHistory: $history }]) { ... on Card { ${fields} } }
}`;
const history = JSON.stringify({
  uses: [
    {
      recordedAt: '2026-03-01T10:00:00.000Z',
      status: 'VALID',
      venue: { fi: 'Keksitty teatteri', sv: null, en: null },
      title: { fi: 'Keksitty näytelmä', sv: null, en: null },
      startsAt: '2026-03-01T16:00:00.000Z',
      lines: [{ type: 'HOLDER', count: 1 }],
    },
  ],
  more: false,
  limits: [{ key: 'limit.courses_per_year', venue: null, allowed: 2, used: 0, left: 2 }],
});
const first = ({ data, errors }: Answer): unknown => {
  expect(errors).toBeUndefined();
  return (data as { _entities: unknown[] })._entities[0];
};
const pdf = (base64: unknown): Buffer => {
  const bytes = Buffer.from(String(base64), 'base64');
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  return bytes;
};

describe.each(engines)('what a holder sees on $name', ({ location }) => {
  test('who looked: the unit and the national centre, with the fields and the time, each look once', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const look = entity('holder { birthYear } again: holder { postcode }');
    for (const viewer of [issuer, national, holderOf(card.id)]) {
      expect(first(await cards.ask(viewer, look, { id: card.id }))).toMatchObject({
        holder: { birthYear: 1990 },
      });
      cards.clock.advance(1_000);
    }
    // Reading what is no fact of a person leaves no row.
    await cards.ask(issuer, entity('id status validUntil usesThisYear'), { id: card.id });
    const read = `{ myCard { readings(first: 10) { totalCount nodes { at purpose reader fields } } } }`;
    const { data, errors } = await cards.ask(holderOf(card.id), read);
    expect(errors).toBeUndefined();
    const fields = ['background', 'birthYear', 'children', 'grandchildren', 'postcode'];
    expect(data).toEqual({
      myCard: {
        readings: {
          totalCount: 2,
          nodes: [
            { at: '2026-11-22T10:00:01.000Z', purpose: 'CARD_OPENED', reader: 'NATIONAL', fields },
            { at: '2026-11-22T10:00:00.000Z', purpose: 'CARD_OPENED', reader: 'ISSUER', fields },
          ],
        },
      },
    });
    const rows = await cards.services.database.reader.selectFrom('read_log').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/1990|70100/);
  });

  test('readings, export and own sheet are null for everybody but the holder', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const own = entity('readings { totalCount } dataExport { json } monthSheet(language: FI)');
    for (const viewer of roles) {
      const answer = first(await cards.ask(viewer, own, { id: card.id, history }));
      const sees = ['ISSUER_STAFF', 'NATIONAL', 'VENUE_STAFF'].includes(viewer.role);
      const isOther = viewer.role === 'ISSUER_STAFF' && viewer.issuerId === tampere.partnerId;
      expect({ role: viewer.role, answer }).toEqual({
        role: viewer.role,
        answer: sees && !isOther ? { readings: null, dataExport: null, monthSheet: null } : null,
      });
      expect((await cards.ask(viewer, '{ myCard { id } }')).data).toEqual({ myCard: null });
    }
  });

  test('uses this year and the account are null for a venue, and a number and a word for the unit', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const fields = entity('usesThisYear account { state email }');
    const venue = { role: 'VENUE_STAFF', venueId: 'v' } as const;
    expect(first(await cards.ask(venue, fields, { id: card.id }))).toEqual({
      usesThisYear: null,
      account: null,
    });
    expect(first(await cards.ask(issuer, fields, { id: card.id }))).toEqual({
      usesThisYear: 0,
      account: { state: 'NONE', email: null },
    });
  });

  test('everything comes along: as JSON with the names of the register, and as a PDF', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    await cards.ask(issuer, entity('holder { birthYear }'), { id: card.id });
    const fields = entity('dataExport { json pdf(language: SV) } monthSheet(language: EN)');
    const answer = first(await cards.ask(holderOf(card.id), fields, { id: card.id, history })) as {
      dataExport: { json: string; pdf: string };
      monthSheet: string;
    };
    const json = JSON.parse(answer.dataExport.json) as Record<string, unknown>;
    expect(json).toMatchObject({
      card: { id: card.id, kind: 'PERSONAL', status: 'VALID', validUntil: card.validUntil },
      holder: { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0 },
      account: { state: 'NONE' },
      codes: [{ inUse: true }],
      readings: [{ purpose: 'CARD_OPENED', role: 'ISSUER_STAFF' }],
      limits: [{ allowed: 2, used: 0, left: 2 }],
      olderUsesLeftOut: false,
    });
    expect(json['uses']).toMatchObject([{ venue: { fi: 'Keksitty teatteri' } }]);
    pdf(answer.dataExport.pdf);
    pdf(answer.monthSheet);
  });

  test.each([
    null,
    '',
    'null',
    '[]',
    '{"uses":1}',
    '{"uses":[{}],"more":false,"limits":[]}',
    '{"uses":[],"more":false,"limits":[],"waiting":[{}]}',
    'no JSON at all',
  ])('a history that is not what venues send leaves the uses out and breaks nothing: %j', async (forged) => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const fields = entity('dataExport { json pdf(language: FI) } monthSheet(language: FI)');
    const answer = first(await cards.ask(holderOf(card.id), fields, { id: card.id, history: forged })) as {
      dataExport: { json: string };
    };
    expect(JSON.parse(answer.dataExport.json)).toMatchObject({ uses: null, holder: { birthYear: 1990 } });
  });

  test('the unit prints a sheet without a place on it, and the holder sees that it was printed', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const print = `mutation ($cardId: ID!) { printMonthSheet(input: { cardId: $cardId, language: FI }) {
      ... on MonthSheet { pdf } ... on AccountRefusal { code } } }`;
    const { data } = await cards.ask(issuer, print, { cardId: card.id });
    pdf((data?.['printMonthSheet'] as { pdf: string }).pdf);
    const read = '{ myCard { readings { nodes { purpose reader } } } }';
    expect((await cards.ask(holderOf(card.id), read)).data).toEqual({
      myCard: { readings: { nodes: [{ purpose: 'SERVED_HOLDER', reader: 'ISSUER' }] } },
    });
    for (const viewer of roles.filter((one) => one !== issuer)) {
      const { errors } = await cards.ask(viewer, print, { cardId: card.id });
      expect([viewer.role, errors?.[0]?.extensions['code']]).toEqual([viewer.role, 'NOT_FOUND']);
    }
  });

  test('a merged registration brings along who looked at it', async () => {
    await using cards = await openTestCards(await location());
    const [from, into] = [(await cards.issue()).card.id, (await cards.issue()).card.id];
    const { database } = cards.services;
    await database.write(async (trx) => {
      await logRead(trx, {
        cardId: from,
        actorRole: 'VENUE_STAFF',
        organisationId: 'v',
        purpose: 'PRESENTED_AT_VENUE',
        fields: [],
        requestId: 'r',
        at: '2026-11-01T10:00:00.000Z',
      });
      await trx
        .updateTable('card')
        .set({ status: 'MERGED', merged_into: into })
        .where('id', '=', from)
        .execute();
    });
    const read = '{ myCard { readings { nodes { purpose reader } } } }';
    expect((await cards.ask(holderOf(into), read)).data).toEqual({
      myCard: { readings: { nodes: [{ purpose: 'PRESENTED_AT_VENUE', reader: 'VENUE' }] } },
    });
  });
});
