import { describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { httpClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door, oneHolder, type Redemption } from '../support/door.ts';
import { audit, orchestra, storedRedemptions, validCodes } from '../support/product.ts';
import { productProcess } from '../support/process.ts';

const workers = 24;
const cards = 200;
const kills = 4;
/** Fewer acknowledged redemptions would prove nothing. */
const leastAcknowledged = 100;

describe.each(engines)('a process killed with -9 while doors redeem, on $name', ({ location }) => {
  it('loses nothing that it acknowledged, sells nothing twice and keeps every chain whole', async () => {
    const place = await location();
    await using product = await productProcess(place);
    await product.start();
    const ask = httpClient(product.url, { role: 'VENUE_STAFF', venueId: orchestra.id });
    const { token, redeem } = door(ask, orchestra.id);
    const performances = await comingPerformances(ask, 12);
    const codes = await validCodes(place, cards);
    const tokens: string[] = [];
    for (const code of codes) tokens.push(await token(code));

    const work = tokens.map((presentation, n) => ({
      presentation,
      performanceId: performances[n % performances.length]!,
      requestId: newId(),
    }));
    const acknowledged = new Map<string, Redemption>();
    let running = true;
    const worker = async (): Promise<void> => {
      for (let job = work.pop(); job; job = work.pop()) {
        const { presentation, performanceId, requestId } = job;
        for (;;) {
          // A door that hears nothing asks again with the same request id, until it hears something.
          const answer = await redeem(presentation, performanceId, oneHolder, requestId).catch(
            () => undefined,
          );
          const result = answer?.data?.redeem;
          if (result?.__typename === 'Redemption') acknowledged.set(`${performanceId} ${requestId}`, result);
          if (result) break;
          await new Promise((resume) => setTimeout(resume, 20));
        }
      }
    };
    const killer = async (): Promise<number> => {
      let killed = 0;
      while (running && killed < kills) {
        const next = ((killed + 1) * cards) / (kills + 2);
        if (acknowledged.size >= next) {
          await product.kill();
          killed += 1;
          await product.start();
        }
        await new Promise((resume) => setTimeout(resume, 1));
      }
      return killed;
    };
    const [killed] = await Promise.all([
      killer(),
      Promise.all(Array.from({ length: workers }, worker)).then(() => (running = false)),
    ]);

    expect(killed).toBe(kills);
    expect(acknowledged.size).toBeGreaterThan(leastAcknowledged);
    for (const performanceId of performances) {
      const mine = [...acknowledged].flatMap(([key, { id }]) => (key.startsWith(performanceId) ? [id] : []));
      const stored = await storedRedemptions(place, performanceId);
      expect(stored.toSorted()).toEqual(mine.toSorted());
      expect(await counterOf(ask, performanceId)).toMatchObject({ used: stored.length });
    }
    expect((await audit(place)).faults).toEqual([]);
    expect(await product.stop()).toBe(0);
  }, 120_000);
});

async function comingPerformances(ask: ReturnType<typeof httpClient>, count: number): Promise<string[]> {
  const { data } = await ask<{ performances: { nodes: { id: string; capCounter: { cap: number } }[] } }>(
    'query ($venueId: ID!, $now: DateTime!, $count: Int) { performances(venueId: $venueId, from: $now, first: $count) { nodes { id capCounter { cap } } } }',
    { venueId: orchestra.id, now: new Date().toISOString(), count },
  );
  return data!.performances.nodes.map(({ id }) => id);
}
