import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCard } from '../../subgraphs/cards/service/issue-card.ts';
import { renewCard } from '../../subgraphs/cards/service/renew-card.ts';
import { forgetWellbeing, mergeWellbeing, recordWellbeing } from '../../subgraphs/cards/service/wellbeing.ts';
import type { WellbeingRecord } from '../../subgraphs/cards/service/wellbeing.ts';
import { AppError } from '../../subgraphs/platform/errors.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { kuopio, openTestCards, tampere, type TestCards } from '../subgraph/card-support.ts';
import { engines } from '../support/databases.ts';

const coordinator = { role: 'COORDINATOR', networkId: kuopio.networkId } as const;
const national: Viewer = { role: 'NATIONAL' };
const fields = `scope year first { answers mean standardDeviation lowerQuartile median upperQuartile }
  renewal { answers mean } change { answers mean improved } increased { answers mean }
  askedAtIssue { answered declined } askedAtRenewal { answered declined }`;

describe.each(engines)('wellbeing answers on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  let year = 2030;
  const record = async (cardId: string, change: Partial<WellbeingRecord> = {}): Promise<void> => {
    const { services } = cards;
    const at = '2026-11-22T10:00:00.000Z';
    const same = { cardId, issuerId: kuopio.partnerId, networkId: kuopio.networkId, year, at };
    const answer = { occasion: 'ISSUE', satisfaction: 5, increased: null, consent: true } as const;
    await services.database.write((trx) => recordWellbeing(trx, services, { ...same, ...answer, ...change }));
  };
  const newCards = async (howMany: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let each = 0; each < howMany; each += 1) ids.push((await cards.issue()).card.id);
    return ids;
  };
  const network = async (
    viewer: Viewer = coordinator,
    id = kuopio.networkId,
  ): Promise<Record<string, unknown>> => {
    const answer = await cards.ask(
      viewer,
      `{ networkWellbeing(networkId: "${id}", year: ${year}) { ${fields} } }`,
    );
    expect(answer.errors).toBeUndefined();
    return answer.data?.['networkWellbeing'] as Record<string, unknown>;
  };
  const nation = async (): Promise<Record<string, unknown>> => {
    const { data } = await cards.ask(national, `{ nationWellbeing(year: ${year}) { ${fields} } }`);
    return data?.['nationWellbeing'] as Record<string, unknown>;
  };

  it('nine answers are not read, the tenth makes ten readable, and the eleventh waits for nine more', async () => {
    year += 1;
    const ids = await newCards(20);
    const read: unknown[] = [];
    for (const [at, id] of ids.entries()) {
      await record(id, { satisfaction: at % 11 });
      if ([8, 9, 10, 18, 19].includes(at))
        read.push(((await network())['first'] as { answers: number } | null)?.answers);
    }
    expect(read).toEqual([undefined, 10, 10, 10, 20]);
  });

  it('a network with nine answers is not in the nation’s, so that the nation less the others tells nothing', async () => {
    year += 1;
    const ids = await newCards(19);
    for (const id of ids.slice(0, 10)) await record(id, { satisfaction: 3 });
    for (const id of ids.slice(10)) await record(id, { satisfaction: 10, networkId: tampere.networkId });
    expect((await nation())['first']).toMatchObject({ answers: 10, mean: 3 });
    expect(await network(national, tampere.networkId)).toMatchObject({ first: null });
  });

  it('a renewal is compared with the same holder’s first answer, and 0 is an answer', async () => {
    year += 1;
    const ids = await newCards(10);
    for (const id of ids) await record(id, { satisfaction: 0 });
    year += 1;
    for (const [at, id] of ids.entries())
      await record(id, { occasion: 'RENEWAL', satisfaction: at < 4 ? 0 : 5, increased: 8 });
    expect(await network()).toMatchObject({
      first: null,
      renewal: { answers: 10, mean: 3 },
      change: { answers: 10, mean: 3, improved: 0.6 },
      increased: { answers: 10, mean: 8 },
      askedAtRenewal: { answered: 10, declined: 0 },
    });
  });

  it('a decline leaves a count and nothing else, with or without an answer beside it', async () => {
    year += 1;
    const ids = await newCards(6);
    for (const id of ids) await record(id, { satisfaction: 9, consent: false });
    const db = cards.services.database.reader;
    expect(await db.selectFrom('wellbeing_pool').selectAll().where('year', '=', year).execute()).toEqual([]);
    expect(await db.selectFrom('wellbeing_first').selectAll().where('year', '=', year).execute()).toEqual([]);
    expect((await network())['askedAtIssue']).toEqual({ answered: 0, declined: 6 });
  });

  it('fewer than five who declined are not told', async () => {
    year += 1;
    for (const id of await newCards(2)) await record(id, { consent: false });
    expect((await network())['askedAtIssue']).toEqual({ answered: null, declined: null });
  });

  it('beside an answer stand no card, no holder, no issuer and nothing finer than the year', async () => {
    year += 1;
    const [id = ''] = await newCards(1);
    await record(id);
    const db = cards.services.database.reader;
    const first = await db.selectFrom('wellbeing_first').selectAll().where('year', '=', year).execute();
    const pool = await db.selectFrom('wellbeing_pool').selectAll().where('year', '=', year).execute();
    const holder = await db
      .selectFrom('card')
      .select('holder_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(Object.keys(first[0] ?? {}).toSorted()).toEqual(['pseudonym', 'satisfaction', 'year']);
    expect(Object.keys(pool[0] ?? {}).toSorted()).toEqual([
      'measure',
      'network_id',
      'released',
      'value',
      'waiting',
      'year',
    ]);
    const all = JSON.stringify([first, pool]);
    for (const secret of [id, holder.holder_id ?? id, kuopio.partnerId, '2026-11'])
      expect(all).not.toContain(secret);
  });

  it('merged registrations keep one first answer, an erased holder none', async () => {
    year += 1;
    const { services } = cards;
    const db = services.database.reader;
    const [from = '', into = ''] = await newCards(2);
    const holderOf = async (id: string): Promise<string> =>
      (await db.selectFrom('card').select('holder_id').where('id', '=', id).executeTakeFirstOrThrow())
        .holder_id ?? '';
    const firsts = async (): Promise<number> =>
      (await db.selectFrom('wellbeing_first').selectAll().where('year', '=', year).execute()).length;
    await record(from, { satisfaction: 2 });
    const holders = [await holderOf(from), await holderOf(into)] as const;
    await services.database.write((trx) => mergeWellbeing(trx, services, ...holders));
    expect(await firsts()).toBe(1);
    await services.database.write((trx) => forgetWellbeing(trx, services, holders[0]));
    expect(await firsts()).toBe(1);
    await services.database.write((trx) => forgetWellbeing(trx, services, holders[1]));
    expect(await firsts()).toBe(0);
  });

  it('a community card is asked nothing', async () => {
    year += 1;
    const { card } = await cards.issue({ kind: 'COMMUNITY', holder: null });
    await record(card.id);
    expect((await network())['askedAtIssue']).toEqual({ answered: 0, declined: 0 });
  });

  it.each([-1, 11, 5.5, Number.NaN])('%s is no answer: BAD_INPUT', async (satisfaction) => {
    const [id = ''] = await newCards(1);
    const refused = await record(id, { satisfaction }).catch((error: unknown) => error);
    expect(refused instanceof AppError && refused.code).toBe('BAD_INPUT');
  });

  it.each<[string, Viewer]>([
    ['another coordinator', { role: 'COORDINATOR', networkId: tampere.networkId }],
    ['an issuer', { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId }],
    ['a venue', { role: 'VENUE_STAFF', venueId: 'v' }],
    ['a holder', { role: 'HOLDER', cardId: 'c' }],
    ['anybody', { role: 'ANONYMOUS' }],
  ])('%s may not read them: FORBIDDEN', async (_, viewer) => {
    for (const query of [
      `{ networkWellbeing(networkId: "${kuopio.networkId}", year: 2026) { year } }`,
      '{ nationWellbeing(year: 2026) { year } }',
    ]) {
      const { errors } = await cards.ask(viewer, query);
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    }
  });

  it('whoever declines gets the same card and the same renewal as whoever answers, whatever the answer', async () => {
    const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
    const scale = fc.oneof(fc.record({ answer: fc.nat({ max: 10 }) }), fc.constant({ declined: true }));
    const outcome = async (satisfaction: object, increased: object): Promise<unknown> => {
      const consent = 'answer' in satisfaction || 'answer' in increased;
      const issued = await issueCard(cards.services, staff, {
        issuerId: kuopio.partnerId,
        kind: 'PERSONAL',
        holder: { birthYear: 1990, postcode: '70100', children: 1, grandchildren: 0 },
        homeInNetwork: true,
        toldNotToLeaveUnused: true,
        wellbeing: { satisfaction, consent: 'answer' in satisfaction },
        issuedOn: '2026-01-15',
        requestId: newId(),
      });
      if (isRefusal(issued)) return issued.code;
      const wellbeing = { satisfaction, increased, consent };
      const wish = { cardId: issued.card.id, toldNotToLeaveUnused: true, wellbeing, requestId: newId() };
      const renewed = await renewCard(cards.services, staff, wish);
      const same = { id: '', holder: null };
      return isRefusal(renewed)
        ? renewed.code
        : [
            { ...issued, code: '', card: { ...issued.card, ...same } },
            { ...renewed, card: { ...renewed.card, ...same } },
          ];
    };
    const declined = await outcome({ declined: true }, { declined: true });
    expect(declined).toMatchObject([{ validUntil: '2027-01-14' }, { card: { status: 'ACTIVE' } }]);
    await fc.assert(
      fc.asyncProperty(scale, scale, async (satisfaction, increased) => {
        expect(await outcome(satisfaction, increased)).toEqual(declined);
      }),
      { numRuns: 10 },
    );
  });

  it('twenty at once are released in tens, and none is lost', async () => {
    year += 1;
    const ids = await newCards(20);
    await Promise.all(ids.map((id) => record(id, { satisfaction: 6 })));
    expect((await network())['first']).toMatchObject({ answers: 20, mean: 6, standardDeviation: 0 });
  });
});
