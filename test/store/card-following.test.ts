import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findIssuers } from '../../subgraphs/cards/store/issuers.ts';
import { usesInYear } from '../../subgraphs/cards/store/card-years.ts';
import { findRules } from '../../subgraphs/cards/store/rules.ts';
import { kuopio, openTestCards, partner, rule, type TestCards } from '../subgraph/card-support.ts';
import { engines } from '../support/databases.ts';

describe.each(engines)('what cards follows on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const reader = (): TestCards['services']['database']['reader'] => cards.services.database.reader;
  const publish = async (from: 'networks' | 'venues', topic: string, payload: object): Promise<void> => {
    await cards.publish(from, topic, payload);
    await cards.subgraph.caughtUp();
  };

  it('a rule of networks is known here, and its new state replaces the old one', async () => {
    await publish(
      'networks',
      'rule.changed',
      rule({ id: 'r', key: 'k', value: '16', validFrom: '2025-01-01' }),
    );
    await publish('networks', 'rule.changed', rule({ id: 'r', key: 'k', value: '16', status: 'SUPERSEDED' }));
    expect(await findRules(reader(), ['k'])).toEqual([
      {
        id: 'r',
        key: 'k',
        scope: 'NATION',
        scopeId: null,
        value: '16',
        status: 'SUPERSEDED',
        validFrom: null,
        validTo: null,
        source: 'a document',
      },
    ]);
  });

  it('an issuer is known here with its years, and a venue is not', async () => {
    await publish('networks', 'partner.registered', partner({ partnerId: 'new', years: [2026, 2025] }));
    await publish('networks', 'partner.registered', partner({ partnerId: 'a-venue', role: 'VENUE' }));
    const found = await findIssuers(reader(), ['new', 'a-venue']);
    expect(found.map(({ id, networkId }) => [id, networkId])).toEqual([['new', kuopio.networkId]]);
    expect(found[0]?.years.toSorted()).toEqual([2025, 2026]);
    await publish('networks', 'partner.registered', partner({ partnerId: 'new', years: [2026] }));
    expect((await findIssuers(reader(), ['new']))[0]?.years).toEqual([2026]);
  });

  const used = (at: string): object => ({ redemptionId: 'x', cardId: 'card-1', at });
  const cancelled = (recordedAt: string): object => ({
    redemptionId: 'x',
    cardId: 'card-1',
    at: '2026-11-22T10:00:00.000Z',
    recordedAt,
  });

  it('the first use in a year takes a card into use, and cancelling the last one takes it out again', async () => {
    const at = '2026-06-01T15:00:00.000Z';
    const counts: number[] = [];
    for (const [topic, payload] of [
      ['redemption.recorded', used(at)],
      ['redemption.recorded', used(at)],
      ['redemption.cancelled', cancelled(at)],
      ['redemption.cancelled', cancelled(at)],
      ['redemption.recorded', used(at)],
    ] as const) {
      await publish('venues', topic, payload);
      counts.push(await usesInYear(reader(), 'card-1', 2026));
    }
    expect(counts).toEqual([1, 2, 1, 0, 1]);
  });

  it('a use belongs to its year in Helsinki, also when it is cancelled in another', async () => {
    const newYear = '2025-12-31T22:30:00.000Z';
    const before = await usesInYear(reader(), 'card-1', 2026);
    await publish('venues', 'redemption.recorded', used(newYear));
    expect(await usesInYear(reader(), 'card-1', 2026)).toBe(before + 1);
    expect(await usesInYear(reader(), 'card-1', 2025)).toBe(0);
    await publish('venues', 'redemption.recorded', used('2025-12-31T21:59:59.999Z'));
    expect(await usesInYear(reader(), 'card-1', 2025)).toBe(1);
    await publish('venues', 'redemption.cancelled', cancelled('2025-12-31T21:59:59.999Z'));
    expect(await usesInYear(reader(), 'card-1', 2025)).toBe(0);
    expect(await usesInYear(reader(), 'card-1', 2026)).toBe(before + 1);
  });

  it('a cancel of a use that was never counted leaves the count at nought', async () => {
    await publish('venues', 'redemption.cancelled', {
      ...cancelled('2026-01-05T10:00:00.000Z'),
      cardId: 'unused',
    });
    expect(await usesInYear(reader(), 'unused', 2026)).toBe(0);
  });
});
