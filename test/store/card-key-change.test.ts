import { describe, expect, it } from 'vitest';
import { createSealer, developmentSecret } from '../../subgraphs/cards/service/secrets.ts';
import type { CardsServices } from '../../subgraphs/cards/service/services.ts';
import { forgetWellbeing, mergeWellbeing, recordWellbeing } from '../../subgraphs/cards/service/wellbeing.ts';
import { kuopio, openTestCards, type TestCards } from '../subgraph/card-support.ts';
import { engines, testNow } from '../support/databases.ts';

const key = Buffer.alloc(32, 2);

/** One card whose first answer was given under the former key; `at` are the services at each stage of the change. */
async function answered(cards: TestCards): Promise<{
  readonly cardId: string;
  readonly holderId: string;
  readonly at: Readonly<Record<'before' | 'changing' | 'after', CardsServices>>;
}> {
  const { services } = cards;
  const { card } = await cards.issue();
  const at = {
    before: services,
    changing: { ...services, sealer: createSealer([key, developmentSecret[0]]) },
    after: { ...services, sealer: createSealer([key]) },
  };
  await record(at.before, card.id, 'ISSUE', 2026, 3);
  const { holder_id } = await services.database.reader
    .selectFrom('card')
    .select('holder_id')
    .where('id', '=', card.id)
    .executeTakeFirstOrThrow();
  return { cardId: card.id, holderId: holder_id ?? '', at };
}

async function record(
  services: CardsServices,
  cardId: string,
  occasion: 'ISSUE' | 'RENEWAL',
  year: number,
  satisfaction: number | null,
): Promise<void> {
  const consent = satisfaction !== null;
  const answer = { occasion, year, satisfaction, increased: null, consent, at: testNow };
  const { partnerId: issuerId, networkId } = kuopio;
  await services.database.write((trx) =>
    recordWellbeing(trx, services, { cardId, issuerId, networkId, ...answer }),
  );
}

async function firsts({
  services,
}: TestCards): Promise<{ pseudonym: string; satisfaction: number; year: number }[]> {
  return services.database.reader.selectFrom('wellbeing_first').selectAll().execute();
}

async function changes({ services }: TestCards, year: number): Promise<number[]> {
  const rows = await services.database.reader
    .selectFrom('wellbeing_pool')
    .select('value')
    .where('measure', '=', 'CHANGE')
    .where('year', '=', year)
    .execute();
  return rows.map(({ value }) => value);
}

describe.each(engines)('first wellbeing answers when the keys are changed, on $name', ({ location }) => {
  it('are compared at renewal, and lie under the current key from then on', async () => {
    await using cards = await openTestCards(await location());
    const { cardId, holderId, at } = await answered(cards);
    await record(at.changing, cardId, 'RENEWAL', 2027, 5);
    expect(await changes(cards, 2027)).toEqual([2]);
    const pseudonym = at.after.sealer.digest('wellbeing-pseudonym', holderId);
    expect(await firsts(cards)).toEqual([{ pseudonym, satisfaction: 3, year: 2026 }]);
    // The former key is gone, and the pair is still found.
    await record(at.after, cardId, 'RENEWAL', 2028, 9);
    expect(await changes(cards, 2028)).toEqual([6]);
  });

  it('lie under the current key also after a renewal at which nothing is answered', async () => {
    await using cards = await openTestCards(await location());
    const { cardId, holderId, at } = await answered(cards);
    await record(at.changing, cardId, 'RENEWAL', 2027, null);
    const pseudonym = at.after.sealer.digest('wellbeing-pseudonym', holderId);
    expect(await firsts(cards)).toEqual([{ pseudonym, satisfaction: 3, year: 2026 }]);
    expect(await changes(cards, 2027)).toEqual([]);
    await record(at.after, cardId, 'RENEWAL', 2028, 9);
    expect(await changes(cards, 2028)).toEqual([6]);
  });

  it('stay as they are at a renewal under the same key', async () => {
    await using cards = await openTestCards(await location());
    const { cardId, at } = await answered(cards);
    const before = await firsts(cards);
    await record(at.before, cardId, 'RENEWAL', 2027, 5);
    expect(await firsts(cards)).toEqual(before);
  });

  it('are lost to comparison when the former key goes before the renewal', async () => {
    await using cards = await openTestCards(await location());
    const { cardId, at } = await answered(cards);
    await record(at.after, cardId, 'RENEWAL', 2027, 5);
    expect(await changes(cards, 2027)).toEqual([]);
  });

  it('are found by an erasure, before a renewal and after it', async () => {
    await using cards = await openTestCards(await location());
    const one = await answered(cards);
    const two = await answered(cards);
    await record(two.at.changing, two.cardId, 'RENEWAL', 2027, 5);
    expect(await firsts(cards)).toHaveLength(2);
    const { changing, after } = one.at;
    await changing.database.write((trx) => forgetWellbeing(trx, changing, one.holderId));
    expect(await firsts(cards)).toHaveLength(1);
    await after.database.write((trx) => forgetWellbeing(trx, after, two.holderId));
    expect(await firsts(cards)).toEqual([]);
  });

  it('of two merged registrations come under the current key', async () => {
    await using cards = await openTestCards(await location());
    const { holderId, at } = await answered(cards);
    const { changing } = at;
    await changing.database.write((trx) => mergeWellbeing(trx, changing, holderId, 'survivor'));
    const pseudonym = at.after.sealer.digest('wellbeing-pseudonym', 'survivor');
    expect(await firsts(cards)).toMatchObject([{ pseudonym }]);
  });
});
