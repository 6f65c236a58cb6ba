import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { startProduct, type Product } from '../../gateway/product.ts';
import { demoCards } from '../../subgraphs/cards/demo/demo-cards.ts';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { httpClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { door } from '../support/door.ts';
import { environmentOf, orchestra } from '../support/product.ts';

const lines: string[] = [];
let product: Product | undefined;
afterAll(() => product?.close());

it('no log line of an evening at the door names a card, a token, a request, a venue or an address', async () => {
  const location = await engines[0]!.location();
  const clock = fixedClock('2026-11-22T17:30:00.000Z');
  product = await startProduct({
    clock,
    config: readConfig({ ...environmentOf(location), PORT: '0', NODE_ENV: 'test' }),
    logger: createLogger('trace', { write: (line) => void lines.push(line) }),
  });
  const { url } = product.gateway;
  const ask = httpClient(url, { role: 'VENUE_STAFF', venueId: orchestra.id });
  const { present, token, redeem, cancel } = door(ask, orchestra.id);
  const { data } = await ask<{ performances: { nodes: { id: string }[] } }>(
    'query ($venueId: ID!, $now: DateTime!) { performances(venueId: $venueId, from: $now, first: 1) { nodes { id } } }',
    { venueId: orchestra.id, now: clock.now().toISOString() },
  );
  const performanceId = data!.performances.nodes[0]!.id;
  const requestId = 'a-request-of-somebody@example.org';
  const { code } = demoCards.find(({ purpose }) => purpose === 'VALID_WITHOUT_CHILDREN')!;
  const presentation = await token(code);
  const answer = await redeem(presentation, performanceId, undefined, requestId);
  const redemption = answer.data?.redeem;
  if (redemption?.__typename !== 'Redemption') throw new Error('not redeemed');
  await cancel(redemption.id);
  for (const { code: any } of demoCards) await present(any);
  // Mistakes are logged too, and their messages may quote what was sent.
  await redeem('forged.token', performanceId, undefined, 'somebody@example.org');
  await ask('mutation { presentCard(input: { code: "K7M4-0000-0000", venueId: 5 }) { secret } }');
  await httpClient(url)('{ card(id: "somebody@example.org") { id } }');
  for (const subgraph of product.subgraphs) await subgraph.caughtUp();

  const log = lines.join('');
  expect(log).toMatch(/"outcome":"ok"/);
  expect(log).toMatch(/"outcome":"errors"|"outcome":"refused"/);
  const forbidden = [
    presentation,
    redemption.id,
    performanceId,
    orchestra.id,
    requestId,
    '@example.org',
    'K7M4',
    'forged.token',
    '127.0.0.1',
  ];
  for (const text of [
    ...forbidden,
    ...demoCards.flatMap((card) => [card.code, card.code.replaceAll('-', '')]),
  ]) {
    expect(log).not.toContain(text);
  }
}, 60_000);
