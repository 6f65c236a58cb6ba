import { expect, it, describe } from 'vitest';
import { until } from '../platform/support.ts';
import { httpClient, webSocketClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { door } from '../support/door.ts';
import { orchestra, performanceNow, startTestProduct, validCodes } from '../support/product.ts';

interface Shown {
  readonly used: number;
  readonly remaining: number | null;
  readonly performance: { readonly id: string; readonly venue: { readonly id: string } };
}

const board = /* GraphQL */ `
  subscription Day($networkId: ID!) {
    capCounter(networkId: $networkId, first: 200) {
      used
      remaining
      performance {
        id
        venue {
          id
        }
      }
    }
  }
`;

describe.each(engines)("a network's day through the gateway on $name", ({ location }) => {
  it('all its displays share one source, and a card used at one of its venues is on each of them', async () => {
    const place = await location();
    await using product = await startTestProduct(place);
    const { url } = product.gateway;
    const ask = httpClient(url, { role: 'VENUE_STAFF', venueId: orchestra.id });
    const { data } = await ask<{ venue: { network: { id: string } } }>(
      'query ($slug: String!) { venue(slug: $slug) { network { id } } }',
      { slug: orchestra.slug },
    );
    const networkId = data?.venue.network.id;
    const performanceId = await performanceNow(ask);
    const last: (readonly Shown[])[] = [];
    const clients = Array.from({ length: 3 }, (_, n) => {
      const client = webSocketClient(url);
      client.subscribe<{ capCounter: Shown[] }>(
        { query: board, variables: { networkId } },
        {
          next: (event) => (last[n] = event.data?.capCounter ?? []),
          error: () => undefined,
          complete: () => undefined,
        },
      );
      return client;
    });
    const used = (n: number): number | undefined =>
      last[n]?.find(({ performance }) => performance.id === performanceId)?.used;
    await until(() => clients.every((_, n) => used(n) === 0));
    expect(product.gateway.counts).toMatchObject({ upstreams: 1, clients: 3 });
    expect(new Set(last[0]?.map(({ performance }) => performance.venue.id)).size).toBeGreaterThan(1);

    const [code = ''] = await validCodes(place, 1);
    const { token, redeem } = door(ask, orchestra.id);
    await redeem(await token(code), performanceId);
    await until(() => clients.every((_, n) => used(n) === 1));
    for (const client of clients) await client.dispose();
  }, 60_000);
});
