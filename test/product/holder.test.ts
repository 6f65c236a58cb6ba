import { describe, expect, it, onTestFinished } from 'vitest';
import { demoCards } from '../../subgraphs/cards/demo/demo-cards.ts';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { httpClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { door } from '../support/door.ts';
import { orchestra, startTestProduct } from '../support/product.ts';

const code = demoCards.find(({ purpose }) => purpose === 'VALID_WITH_TWO_CHILDREN')?.code ?? '';

describe.each(engines)('a holder, through the gateway on $name', ({ location }) => {
  it('sees where the card was used in the export and on the own sheet; nobody else does', async () => {
    const product = await startTestProduct(await location(), fixedClock('2026-11-22T17:30:00.000Z'));
    onTestFinished(() => product.close());
    const staff = httpClient(product.gateway.url, { role: 'VENUE_STAFF', venueId: orchestra.id });
    const { token, redeem } = door(staff, orchestra.id);
    const now = '2026-11-22T17:30:00.000Z';
    const { data: on } = await staff<{ performances: { nodes: { id: string }[] } }>(
      'query ($venueId: ID!, $now: DateTime!) { performances(venueId: $venueId, from: $now, first: 1) { nodes { id } } }',
      { venueId: orchestra.id, now },
    );
    await redeem(await token(code), on?.performances.nodes[0]?.id ?? '');

    const presented = await staff<{ presentCard: { card: { id: string } } }>(
      'mutation ($code: String!, $venueId: ID!) { presentCard(input: { code: $code, venueId: $venueId }) { ... on Presentation { card { id } } } }',
      { code, venueId: orchestra.id },
    );
    const cardId = presented.data?.presentCard.card.id ?? '';
    const holder = httpClient(product.gateway.url, { role: 'HOLDER', cardId });
    const mine = await holder<{
      myCard: { dataExport: { json: string }; monthSheet: string; limitsLeft: unknown[]; readings: object };
    }>(
      '{ myCard { dataExport { json } monthSheet(language: FI) limitsLeft { left } readings { totalCount } } }',
    );
    expect(mine.errors).toBeUndefined();
    const exported = JSON.parse(mine.data?.myCard.dataExport.json ?? '') as { uses: object[] };
    expect(exported.uses).toMatchObject([
      { status: 'VALID', venue: { fi: 'Kuopion kaupunginorkesteri' }, lines: [{ type: 'HOLDER', count: 1 }] },
    ]);
    expect(
      Buffer.from(mine.data?.myCard.monthSheet ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(mine.data?.myCard.limitsLeft).toEqual([]);

    const other = httpClient(product.gateway.url, { role: 'HOLDER', cardId: 'another' });
    expect((await other('{ myCard { dataExport { json } } }')).data).toEqual({ myCard: null });
  });
});
