import { newId } from '../../../subgraphs/platform/ids.ts';
import { httpClient, type Answer, type Ask } from '../../support/client.ts';
import { door, oneHolder } from '../../support/door.ts';
import { orchestra } from '../../support/product.ts';

const staff = { role: 'VENUE_STAFF', venueId: orchestra.id } as const;
const retryMs = 50;

/** What a door was told: every redemption, and whether its cancelling was acknowledged too. */
export type Acknowledged = Map<string, { readonly performanceId: string; cancelled: boolean }>;

/** Asks the gateways in turn, as a door does that knows them all. */
export function anyOf(urls: readonly string[]): Ask {
  const asks = urls.map((url) => httpClient(url, staff));
  let turn = 0;
  return (query, variables) => asks[(turn += 1) % asks.length]!(query, variables);
}

/**
 * One door that lets one card in and out again until it is told to stop; then the card stays in. Whatever was not answered
 * is asked again with the same request id.
 */
export async function turnstile(
  ask: Ask,
  job: { readonly presentation: string; readonly performanceId: string; readonly everyMs: number },
  acknowledged: Acknowledged,
  isOver: () => boolean,
): Promise<void> {
  const { presentation, performanceId, everyMs } = job;
  const { redeem } = door(ask, orchestra.id);
  for (;;) {
    const requestId = newId();
    const { redeem: redeemed } = await answered(() =>
      redeem(presentation, performanceId, oneHolder, requestId),
    );
    if (redeemed.__typename !== 'Redemption') throw new Error(`Refused: ${JSON.stringify(redeemed)}`);
    acknowledged.set(redeemed.id, { performanceId, cancelled: false });
    await pause(everyMs);
    if (isOver()) return;
    const input = { redemptionId: redeemed.id, requestId: newId() };
    await answered(() =>
      ask<{ cancelRedemption: object }>(
        'mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) { __typename } }',
        { input },
      ),
    );
    acknowledged.set(redeemed.id, { performanceId, cancelled: true });
    await pause(everyMs);
  }
}

/** The first whole answer. */
async function answered<Data>(ask: () => Promise<Answer<Data>>): Promise<Data> {
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer?.data !== undefined && answer.data !== null) return answer.data;
    await pause(retryMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
