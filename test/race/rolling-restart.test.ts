import { describe, expect, it } from 'vitest';
import { until } from '../platform/support.ts';
import { machines, type Machine } from '../product/many-machines-support.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door } from '../support/door.ts';
import { audit, orchestra, performanceNow, storedRedemptions, validCodes } from '../support/product.ts';
import { displays } from './support/displays.ts';
import { anyOf, turnstile, type Acknowledged } from './support/doors.ts';

const doors = 6;
/** As the issue asks: no display is without news for longer. */
const longestGapMs = 5_000;

// In SQLite each file has one process; many machines share a PostgreSQL database.
describe.each(engines.filter(({ name }) => name === 'postgres'))(
  'a rolling restart on $name',
  ({ location }) => {
    it('loses no acknowledged redemption and leaves no display without news for more than 5 s', async () => {
      const place = await location();
      await using all = await machines(place, 2);
      const [one, two] = all.gateways.map(({ url }) => url) as [string, string];
      const ask = anyOf([one, two]);
      const performanceId = await performanceNow(ask);
      // Each begins at another gateway, and finds the other one when its own goes: as behind a load balancer.
      const screens = [...displays([one, two], 2), ...displays([two, one], 2)];
      const acknowledged: Acknowledged = new Map();
      let over = false;
      const jobs: Parameters<typeof turnstile>[1][] = [];
      for (const code of await validCodes(place, doors)) {
        jobs.push({ presentation: await door(ask, orchestra.id).token(code), performanceId, everyMs: 150 });
      }
      const running = jobs.map((job) => turnstile(ask, job, acknowledged, () => over));
      const allHeard = async (): Promise<void> => {
        const now = performance.now();
        await until(() => screens.every(({ lastHeardAt }) => lastHeardAt > now));
      };
      /** The longest gap of each display while something was done to a process. */
      const gapsWhile = async (work: () => Promise<void>): Promise<number[]> => {
        await allHeard();
        const begun = performance.now();
        await work();
        await allHeard();
        return screens.map((screen) => screen.longestGap(begun));
      };
      const restart = (one: Machine) => async (): Promise<void> => {
        expect(await one.stop()).toBe(0);
        await one.start();
      };

      const named = [
        ...Object.entries(all.subgraphs),
        ...all.gateways.map((one, n) => [`gateway ${n}`, one] as const),
      ];
      const tooLong: string[] = [];
      for (const [name, one] of named) {
        const gaps = await gapsWhile(restart(one));
        process.stdout.write(`${name}: longest gap ${Math.round(Math.max(...gaps))} ms\n`);
        if (Math.max(...gaps) > longestGapMs) tooLong.push(`${name}: ${gaps.map(Math.round).join(', ')} ms`);
      }
      expect(tooLong).toEqual([]);
      // The control: without any gateway the displays are without news, and they can tell.
      const gaps = await gapsWhile(async () => {
        await Promise.all(all.gateways.map((gateway) => gateway.stop()));
        await new Promise((resume) => setTimeout(resume, longestGapMs));
        await Promise.all(all.gateways.map((gateway) => gateway.start()));
      });
      expect(gaps.filter((gap) => gap > longestGapMs)).toHaveLength(screens.length);

      over = true;
      await Promise.all(running);
      const valid = [...acknowledged].flatMap(([id, { cancelled }]) => (cancelled ? [] : [id]));
      expect(acknowledged.size).toBeGreaterThan(50);
      expect(valid).toHaveLength(doors);
      expect((await storedRedemptions(place, performanceId)).toSorted()).toEqual(valid.toSorted());
      const truth = await counterOf(ask, performanceId);
      expect(truth.used).toBe(doors);
      for (const { shown } of screens) {
        await until(() => shown.get(performanceId)?.sequence === truth.sequence);
        expect(shown.get(performanceId)?.used).toBe(doors);
      }
      expect(screens.map(({ wentBack }) => wentBack)).toEqual(screens.map(() => 0));
      expect((await audit(place)).faults).toEqual([]);
    }, 180_000);
  },
);
