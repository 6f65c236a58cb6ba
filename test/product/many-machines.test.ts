import type { Client } from 'graphql-ws';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../platform/support.ts';
import { httpClient, webSocketClient, type Ask } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door } from '../support/door.ts';
import { orchestra, performanceNow, validCodes } from '../support/product.ts';
import { machines, type Machine } from './many-machines-support.ts';

const staff = { role: 'VENUE_STAFF', venueId: orchestra.id } as const;

const board = /* GraphQL */ `
  subscription Board($venueId: ID!) {
    capCounter(venueId: $venueId) {
      used
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

interface Shown {
  readonly used: number;
  readonly sequence: number;
  readonly performance: {
    readonly id: string;
    readonly offering: {
      readonly venue: { readonly municipality: { readonly name: { readonly fi: string } } | null };
    };
  };
}

/** A display that never reloads: for each performance what it last showed. */
function display(client: Client): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  // By then nobody may be there any more, which it would report.
  onTestFinished(() => Promise.resolve(client.dispose()).catch(() => undefined));
  client.subscribe<{ capCounter: Shown[] | null }>(
    { query: board, variables: { venueId: orchestra.id } },
    {
      next: ({ data }) => {
        for (const counter of data?.capCounter ?? []) shown.set(counter.performance.id, counter);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return shown;
}

/** Asks one gateway and, when nobody is there, the next. */
function anyOf(gateways: readonly Machine[]): Ask {
  const asks = gateways.map(({ url }) => httpClient(url, staff));
  let turn = 0;
  return (query, variables) => asks[(turn += 1) % asks.length]!(query, variables);
}

// In SQLite each file has one process; many machines share a PostgreSQL database.
describe.each(engines.filter(({ name }) => name === 'postgres'))(
  'gateway and subgraphs in processes of their own, on $name',
  ({ location }) => {
    it('a query, a redemption and a live counter go through all of them', async () => {
      const place = await location();
      await using all = await machines(place, 1);
      const ask = anyOf(all.gateways);
      const { token, redeem } = door(ask, orchestra.id);
      const performanceId = await performanceNow(ask);
      const shown = display(webSocketClient(all.gateways[0]!.url));
      await until(() => shown.get(performanceId)?.used === 0);
      expect(shown.get(performanceId)?.performance.offering.venue.municipality?.name.fi).toBe('Kuopio');

      const [code = ''] = await validCodes(place, 1);
      const redeemed = await redeem(await token(code), performanceId);
      expect(redeemed.data?.redeem.__typename).toBe('Redemption');
      await until(() => shown.get(performanceId)?.used === 1);
      expect(await counterOf(ask, performanceId)).toMatchObject({ used: 1 });
      for (const one of [...all.gateways, ...Object.values(all.subgraphs)]) expect(await one.stop()).toBe(0);
    }, 60_000);
  },
);
