import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, digitCount } from '../../subgraphs/cards/domain/code.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, type TestCards } from './card-support.ts';

const at = '2026-05-05T10:00:00.000Z';

describe.each(engines)('uses without a performance in the figures of cards on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location(), { issuers: [kuopio] });
    for (let place = 0; place < 3; place += 1) {
      const digits = Array.from({ length: digitCount }, (_, digit) => (digit === 0 ? place + 1 : 0));
      const seed = { cardId: `card-${place}`, code: codeOf(digits) };
      await cards.issue({ issuerId: kuopio.partnerId, issuedOn: '2026-03-02', seed });
    }
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const takenIntoUse = async (): Promise<unknown> => {
    await cards.subgraph.caughtUp();
    const query = `{ issuerFigures(issuerId: "${kuopio.partnerId}", year: 2026) { takenIntoUse { value } } }`;
    const { data } = await cards.ask({ role: 'ISSUER_STAFF', issuerId: kuopio.partnerId }, query);
    return (data?.['issuerFigures'] as { takenIntoUse: { value: unknown } }).takenIntoUse.value;
  };
  const visit = (topic: string, cardId: string, passId: string | null): Promise<unknown> =>
    cards.publish('venues', topic, { visitId: 'v', cardId, passId, at, recordedAt: at });

  it('a visit of a pass is none, open entry is one until it is undone, a pass or a fee is one until it is taken back', async () => {
    await visit('visit.recorded', 'card-0', 'pass');
    expect(await takenIntoUse()).toBe(0);
    await visit('visit.recorded', 'card-1', null);
    expect(await takenIntoUse()).toBe(1);
    await visit('visit.cancelled', 'card-0', 'pass');
    expect(await takenIntoUse()).toBe(1);
    await visit('visit.cancelled', 'card-1', null);
    expect(await takenIntoUse()).toBe(0);
    const given = { redemptionId: 'p', cardId: 'card-0', performanceId: null, lines: [], tickets: 0, at };
    await cards.publish('venues', 'redemption.recorded', given);
    expect(await takenIntoUse()).toBe(1);
    const undone = { feeUseId: 'p', cardId: 'card-0', at, recordedAt: at };
    await cards.publish('venues', 'fee.cancelled', undone);
    expect(await takenIntoUse()).toBe(0);
    await cards.publish('venues', 'redemption.recorded', { ...given, redemptionId: 'q' });
    expect(await takenIntoUse()).toBe(1);
    await cards.publish('venues', 'pass.cancelled', { passId: 'q', cardId: 'card-0', at, recordedAt: at });
    expect(await takenIntoUse()).toBe(0);
  });
});
