import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeStartingWith } from '../../subgraphs/cards/domain/code.ts';
import { resumeCard, suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { issueCard, type IssueCardInput } from '../../subgraphs/cards/service/issue-card.ts';
import { findCard, findCardByCode, findCards } from '../../subgraphs/cards/store/cards.ts';
import { openEventLog } from '../../subgraphs/platform/events/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isUniqueViolation, type DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { kuopio, openTestCards, tampere, type TestCards } from '../subgraph/card-support.ts';
import { engines } from '../support/databases.ts';

const holder = { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 1 };
const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const desk = {
  homeInNetwork: true,
  wellbeing: { satisfaction: { declined: true } },
  toldNotToLeaveUnused: true,
};
const wanted = (change: Partial<IssueCardInput> = {}): IssueCardInput => ({
  issuerId: kuopio.partnerId,
  kind: 'PERSONAL',
  holder,
  ...desk,
  requestId: newId(),
  ...change,
});

describe.each(engines)('the register on $name', ({ location }) => {
  let place: DatabaseLocation;
  let cards: TestCards;
  beforeAll(async () => {
    place = await location();
    cards = await openTestCards(place);
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const reader = (): TestCards['services']['database']['reader'] => cards.services.database.reader;

  it('finds a card by its code as it was issued', async () => {
    const { card, code } = await cards.issue({ holder });
    expect(card).toMatchObject({
      kind: 'PERSONAL',
      issuedOn: '2026-11-22',
      validUntil: '2027-11-21',
      holder,
    });
    expect(await findCardByCode(reader(), code)).toEqual(card);
    expect(await findCard(reader(), card.id)).toEqual(card);
  });

  it('has a community card without a holder', async () => {
    const { card, code } = await cards.issue({ kind: 'COMMUNITY', holder: null });
    expect(await findCardByCode(reader(), code)).toEqual({ ...card, holder: null });
  });

  it('finds nothing for a code that nobody was given, or no codes at all', async () => {
    expect(await findCardByCode(reader(), codeStartingWith('22222222222'))).toBeNull();
    expect(await findCards(reader(), [])).toEqual([]);
  });

  it('finds nothing for a code that was replaced', async () => {
    const { card, code } = await cards.issue();
    await cards.services.database.write((trx) =>
      trx.updateTable('card_code').set({ active: 0 }).where('card_id', '=', card.id).execute(),
    );
    expect(await findCardByCode(reader(), code)).toBeNull();
  });

  it('never has two codes in use for one card', async () => {
    const { card } = await cards.issue();
    const second = cards.services.database.write((trx) =>
      trx
        .insertInto('card_code')
        .values({ code: codeStartingWith('33333333333'), card_id: card.id, active: 1, given_at: 'now' })
        .execute(),
    );
    await expect(second).rejects.toSatisfy(isUniqueViolation);
  });

  it('never has the same code twice: the second issuer is told CARD_ALREADY_ISSUED and nothing is stored', async () => {
    const code = codeStartingWith('44444444444');
    const both = ['one', 'two'].map((id) => cards.issue({ seed: { cardId: `same-code-${id}`, code } }));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'CARD_ALREADY_ISSUED' });
    const stored = await findCards(reader(), ['same-code-one', 'same-code-two']);
    expect(stored).toHaveLength(1);
    const [{ id: cardId } = { id: '' }] = stored;
    await expect(
      cards.issue({ seed: { cardId, code: codeStartingWith('55555555555') } }),
    ).rejects.toMatchObject({ code: 'CARD_ALREADY_ISSUED' });
  });

  it('publishes card.issued with no personal datum', async () => {
    const { card, code } = await cards.issue({ holder: { ...holder, postcode: '70999' } });
    const log = openEventLog(place, 'cards');
    const events = (await log.read('0:0', 1000)).filter(({ topic }) => topic === 'card.issued');
    await log.close();
    expect(events.at(-1)?.payload).toEqual({ cardId: card.id, kind: 'PERSONAL', issuedOn: '2026-11-22' });
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`70999|1990|${code}|${kuopio.partnerId}`));
  });

  it('suspends a card and gives it back, twice as well as once', async () => {
    const { card } = await cards.issue();
    const other: Viewer = { role: 'ISSUER_STAFF', issuerId: tampere.partnerId };
    await expect(suspendCard(cards.services, other, card.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (let times = 0; times < 2; times++) {
      expect(await suspendCard(cards.services, staff, card.id)).toMatchObject({ status: 'SUSPENDED' });
    }
    expect(await findCard(reader(), card.id)).toMatchObject({ status: 'SUSPENDED' });
    expect(await resumeCard(cards.services, staff, card.id)).toMatchObject({ status: 'ACTIVE' });
    expect(await findCard(reader(), card.id)).toEqual(card);
    await expect(suspendCard(cards.services, system, 'no-such-card')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(suspendCard(cards.services, system, '')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('lets only the staff of the issuer issue, and only the system choose an id or a code', async () => {
    const others: Viewer[] = [
      { role: 'ANONYMOUS' },
      { role: 'NATIONAL' },
      { role: 'VENUE_STAFF', venueId: 'v1' },
      { role: 'ISSUER_STAFF', issuerId: tampere.partnerId },
    ];
    for (const viewer of others) {
      await expect(issueCard(cards.services, viewer, wanted())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const seed = { cardId: 'chosen', code: codeStartingWith('66666666666') };
    await expect(issueCard(cards.services, staff, wanted({ seed }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await issueCard(cards.services, staff, wanted())).toMatchObject({ card: { status: 'ACTIVE' } });
  });

  it('refuses what the rules refuse, and stores nothing', async () => {
    const stored = async (): Promise<number> =>
      (await reader().selectFrom('card').select('id').execute()).length;
    const before = await stored();
    const young = wanted({ holder: { ...holder, birthYear: 2011 } });
    expect(await issueCard(cards.services, staff, young)).toMatchObject({ code: 'HOLDER_TOO_YOUNG' });
    const early = wanted({ issuedOn: '2024-05-05' });
    expect(await issueCard(cards.services, staff, early)).toMatchObject({ code: 'ISSUER_NOT_TAKING_PART' });
    const nobody = wanted({ issuerId: 'venue-or-nobody' });
    expect(await issueCard(cards.services, system, nobody)).toMatchObject({ code: 'ISSUER_NOT_TAKING_PART' });
    expect(await stored()).toBe(before);
  });

  it('answers BAD_INPUT with the field for every wrong value', async () => {
    const wrong: [string, Partial<IssueCardInput>][] = [
      ['issuerId', { issuerId: '' }],
      ['issuerId', { issuerId: 'x'.repeat(100_000) }],
      ['issuerId', { issuerId: "'; drop table card" }],
      ['holder', { holder: null }],
      ['holder', { kind: 'COMMUNITY' }],
      ...[1905, 2027, 1990.5, Number.NaN, Infinity].map((birthYear): [string, Partial<IssueCardInput>] => [
        'birthYear',
        { holder: { ...holder, birthYear } },
      ]),
      ...['', '7010', '701000', '7010a', '７０１００', '70100\n', '1'.repeat(100_000)].map(
        (postcode): [string, Partial<IssueCardInput>] => ['postcode', { holder: { ...holder, postcode } }],
      ),
      ...[-1, 21, 0.5, Number.NaN].map((children): [string, Partial<IssueCardInput>] => [
        'children',
        { holder: { ...holder, children } },
      ]),
      ['grandchildren', { holder: { ...holder, grandchildren: -1 } }],
      ['grandchildren', { holder: { ...holder, grandchildren: 51 } }],
      ...['', '2026-02-30', '2026-11-23', '22.11.2026', '2026-11-22T00:00:00Z', '9'.repeat(10_000)].map(
        (issuedOn): [string, Partial<IssueCardInput>] => ['issuedOn', { issuedOn }],
      ),
    ];
    for (const [field, input] of wrong) {
      const answer = issueCard(cards.services, system, wanted(input));
      await expect(answer).rejects.toMatchObject({ code: 'BAD_INPUT', facts: { field } });
    }
  });

  it('has no column for a name, an identity code, a birth date or a street', async () => {
    const tables = await reader().introspection.getTables();
    const holderTable = tables.find(({ name }) => name === 'holder');
    expect(holderTable?.columns.map(({ name }) => name).sort()).toEqual([
      'background',
      'birth_year',
      'children',
      'grandchildren',
      'id',
      'postcode',
    ]);
  });
});
