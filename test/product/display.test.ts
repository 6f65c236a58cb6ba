import { describe, expect, it } from 'vitest';
import type { Client } from 'graphql-ws';
import { until } from '../platform/support.ts';
import { httpClient, webSocketClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door, type Counter } from '../support/door.ts';
import { orchestra, performanceNow, validCodes } from '../support/product.ts';
import { productProcess } from '../support/process.ts';

interface Shown extends Counter {
  readonly performance: {
    readonly id: string;
    readonly offering: {
      readonly venue: { readonly municipality: { readonly name: { readonly fi: string } } };
    };
  };
}

const board = /* GraphQL */ `
  subscription Board($venueId: ID!) {
    capCounter(venueId: $venueId) {
      cap
      used
      remaining
      sequence
      performance {
        id
        offering {
          venue {
            municipality {
              name {
                fi
              }
            }
          }
        }
      }
    }
  }
`;

/** A display that remembers what it last showed. It never reloads. */
function display(client: Client, performanceId: string) {
  const seen: Shown[] = [];
  const stop = client.subscribe<{ capCounter: Shown[] }>(
    { query: board, variables: { venueId: orchestra.id } },
    {
      next: ({ data }) => {
        const shown = data?.capCounter.find(({ performance }) => performance.id === performanceId);
        if (shown) seen.push(shown);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return { seen, last: () => seen.at(-1), stop };
}

describe.each(engines)('venue displays on $name', ({ location }) => {
  it('connected before, during and after a restart all end with the right number without a reload', async () => {
    const place = await location();
    await using product = await productProcess(place);
    await product.start();
    const ask = httpClient(product.url, { role: 'VENUE_STAFF', venueId: orchestra.id });
    const { token, redeem, cancel } = door(ask, orchestra.id);
    const performanceId = await performanceNow(ask);
    const tokens = await Promise.all((await validCodes(place, 6)).map((code) => token(code)));

    const before = display(webSocketClient(product.url), performanceId);
    await until(() => before.last()?.used === 0);
    expect(before.last()?.performance.offering.venue.municipality.name.fi).toBe('Kuopio');
    await redeem(tokens[0]!, performanceId);
    await until(() => before.last()?.used === 1);

    await product.kill();
    const during = display(webSocketClient(product.url), performanceId);
    await product.start();
    await redeem(tokens[1]!, performanceId);
    const second = await redeem(tokens[2]!, performanceId);
    expect(await product.stop()).toBe(0);
    await product.start();
    const after = display(webSocketClient(product.url), performanceId);
    await redeem(tokens[3]!, performanceId);
    const redeemed = second.data?.redeem;
    if (redeemed?.__typename !== 'Redemption') throw new Error('not redeemed');
    await cancel(redeemed.id);

    const truth = await counterOf(ask, performanceId);
    expect(truth.used).toBe(3);
    for (const { last, seen, stop } of [before, during, after]) {
      await until(() => last()?.sequence === truth.sequence);
      expect(last()).toMatchObject(truth);
      const sequences = seen.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      stop();
    }
  }, 60_000);
});
