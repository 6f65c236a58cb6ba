import { describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { httpClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door, oneHolder } from '../support/door.ts';
import {
  audit,
  orchestra,
  performanceNow,
  startTestProduct,
  storedRedemptions,
  validCodes,
} from '../support/product.ts';

const clients = 64;
const cap = 20;

describe.each(engines)(
  '64 doors at one performance with cap 20, through the gateway on $name',
  ({ location }) => {
    it('sell exactly 20 tickets, keep every acknowledged one once, and refuse the rest with CAP_REACHED', async () => {
      const place = await location();
      await using product = await startTestProduct(place);
      const ask = httpClient(product.gateway.url, { role: 'VENUE_STAFF', venueId: orchestra.id });
      const { token, redeem } = door(ask, orchestra.id);
      const performanceId = await performanceNow(ask);
      expect(await counterOf(ask, performanceId)).toMatchObject({ cap, used: 0 });
      const tokens = await Promise.all((await validCodes(place, clients)).map((code) => token(code)));

      const answers = await Promise.all(
        tokens.map(async (presentation, n) => {
          const requestId = newId();
          const first = await redeem(presentation, performanceId, oneHolder, requestId);
          // Every fifth client does not hear the answer and sends the same request again.
          return n % 5 === 0
            ? [first, await redeem(presentation, performanceId, oneHolder, requestId)]
            : [first];
        }),
      );

      const repeated = answers.filter((pair) => pair.length === 2);
      expect(repeated.map(([, again]) => again)).toEqual(repeated.map(([first]) => first));
      expect(repeated.length).toBeGreaterThan(10);
      const results = answers.map(([first]) => first?.data?.redeem);
      const acknowledged = results.flatMap((result) =>
        result?.__typename === 'Redemption' ? [result.id] : [],
      );
      const refused = results.flatMap((result) =>
        result?.__typename === 'RedemptionRefusal' ? [result.code] : [],
      );
      expect(acknowledged).toHaveLength(cap);
      expect(refused).toEqual(Array.from({ length: clients - cap }, () => 'CAP_REACHED'));
      expect((await storedRedemptions(place, performanceId)).toSorted()).toEqual(acknowledged.toSorted());
      expect(await counterOf(ask, performanceId)).toMatchObject({ cap, used: cap, remaining: 0 });
      expect((await audit(place)).faults).toEqual([]);
    });
  },
);
