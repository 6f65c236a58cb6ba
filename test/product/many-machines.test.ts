import type { Client } from 'graphql-ws';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { until } from '../platform/support.ts';
import { httpClient, webSocketClient, type Ask } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door, oneHolder, type Redemption } from '../support/door.ts';
import { audit, orchestra, performanceNow, storedRedemptions, validCodes } from '../support/product.ts';
import { machines, type Machine } from './many-machines-support.ts';

const staff = { role: 'VENUE_STAFF', venueId: orchestra.id } as const;
const workers = 6;
const cards = 60;

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

async function comingPerformances(ask: Ask, count: number): Promise<string[]> {
  const { data } = await ask<{ performances: { nodes: { id: string }[] } }>(
    'query ($venueId: ID!, $now: DateTime!, $count: Int) { performances(venueId: $venueId, from: $now, first: $count) { nodes { id } } }',
    { venueId: orchestra.id, now: new Date().toISOString(), count },
  );
  return data!.performances.nodes.map(({ id }) => id);
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

    it('restarted one after the other under load lose no acknowledged redemption and no display', async () => {
      const place = await location();
      await using all = await machines(place, 2);
      const ask = anyOf(all.gateways);
      const { token, redeem } = door(ask, orchestra.id);
      const performances = await comingPerformances(ask, 4);
      const displays = all.gateways.map(({ url }) => display(webSocketClient(url)));
      const tokens: string[] = [];
      for (const code of await validCodes(place, cards)) tokens.push(await token(code));

      const work = tokens.map((presentation, n) => ({
        presentation,
        performanceId: performances[n % performances.length]!,
        requestId: newId(),
      }));
      const acknowledged = new Map<string, { performanceId: string; result: Redemption }>();
      let restarting = true;
      const worker = async (): Promise<void> => {
        for (let job = work.pop(); job; job = work.pop()) {
          const { presentation, performanceId, requestId } = job;
          for (;;) {
            // A door that hears nothing asks again with the same request id, until it hears something.
            const answer = await redeem(presentation, performanceId, oneHolder, requestId).catch(
              () => undefined,
            );
            const result = answer?.data?.redeem;
            if (result?.__typename === 'Redemption') acknowledged.set(requestId, { performanceId, result });
            if (result) break;
            await new Promise((resume) => setTimeout(resume, 50));
          }
          // The load lasts as long as the restarts.
          if (restarting) await new Promise((resume) => setTimeout(resume, 500));
        }
      };
      const restart = async (): Promise<void> => {
        for (const one of [...Object.values(all.subgraphs), ...all.gateways]) {
          expect(await one.stop()).toBe(0);
          await one.start();
        }
        restarting = false;
      };
      await Promise.all([restart(), ...Array.from({ length: workers }, worker)]);

      expect(acknowledged.size).toBe(cards);
      for (const performanceId of performances) {
        const mine = [...acknowledged.values()].filter((one) => one.performanceId === performanceId);
        const stored = await storedRedemptions(place, performanceId);
        expect(stored.toSorted()).toEqual(mine.map(({ result }) => result.id).toSorted());
        const truth = await counterOf(ask, performanceId);
        expect(truth.used).toBe(stored.length);
        for (const shown of displays) {
          await until(() => shown.get(performanceId)?.sequence === truth.sequence);
          expect(shown.get(performanceId)?.used).toBe(truth.used);
        }
      }
      expect((await audit(place)).faults).toEqual([]);
    }, 90_000);
  },
);
