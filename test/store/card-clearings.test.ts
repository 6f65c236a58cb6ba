import { describe, expect, it } from 'vitest';
import { runRetention } from '../../subgraphs/cards/service/retention.ts';
import { createSealer, developmentSecret } from '../../subgraphs/cards/service/secrets.ts';
import type { CardsTransaction } from '../../subgraphs/cards/store/database.ts';
import { countRevoked } from '../../subgraphs/cards/store/phones.ts';
import { openTestCards, type TestCards } from '../subgraph/card-support.ts';
import { engines } from '../support/databases.ts';

// The clock of the tests stands at 2026-11-22T10:00Z unless it is set.
const now = '2026-12-31T10:00:00.000Z';
const old = '2026-11-30T10:00:00.000Z';
const recent = '2026-12-31T09:00:00.000Z';

const noon = {
  created_at: old,
  expires_at: '2026-12-01T12:00:00.000Z',
  used_at: null,
  misses: 0,
} as const;
const mailTimes = { created_at: old, expires_at: noon.expires_at } as const;
const phoneCode = { expires_at: noon.expires_at, used_at: null, phone_id: null } as const;
const unlocked = { locked_until: null } as const;
/** Sealed as the running product seals, so that the night can read it. */
const sealedNow = (): string => createSealer(developmentSecret).seal('outgoing-mail', 'm', '{}');

const tables = ['phone', 'phone_shown', 'phone_code', 'attempt', 'card_request', 'wellbeing_first'] as const;

/** Of each kind a row whose time is over and one whose time is not; of phones also one that is not revoked. */
async function plant({ services, clock }: TestCards): Promise<void> {
  clock.set(now);
  await services.database.write(async (trx) => {
    for (const [name, revoked] of [
      ['old', old],
      ['new', recent],
      ['used', null],
    ] as const) {
      await trx
        .insertInto('phone')
        .values({
          id: name,
          card_id: 'card',
          key_id: name,
          algorithm: 'ES256',
          public_key: 'key',
          enrolled_at: old,
          revoked_at: revoked,
          changed_at: old,
        })
        .execute();
      const shown = { key_id: name, place: 0, slot: 4, venue_id: 'venue' };
      await trx.insertInto('phone_shown').values(shown).execute();
    }
    for (const [name, at] of [
      ['old', old],
      ['new', recent],
    ] as const) {
      const code = { digest: name, card_id: 'card', created_at: at, expires_at: at, used_at: null };
      await trx
        .insertInto('phone_code')
        .values({ ...code, phone_id: null })
        .execute();
      const attempt = { scope: 'PERSON', key: name, venue_id: 'venue', since: at, misses: 1 } as const;
      await trx
        .insertInto('attempt')
        .values({ ...attempt, locked_until: null })
        .execute();
      const request = { scope: 'national', request_id: name, fingerprint: 'f', answer: '{}', at };
      await trx.insertInto('card_request').values(request).execute();
    }
    const locked = { scope: 'VENUE', key: 'locked', venue_id: 'venue', since: old, misses: 100 } as const;
    await trx
      .insertInto('attempt')
      .values({ ...locked, locked_until: '2027-01-01T00:00:00.000Z' })
      .execute();
    await trx
      .insertInto('wellbeing_first')
      .values([
        { pseudonym: 'old', satisfaction: 5, year: 2020 },
        { pseudonym: 'new', satisfaction: 5, year: 2021 },
      ])
      .execute();
  });
}

async function rows({ services }: TestCards): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables)
    counts[table] = (await services.database.reader.selectFrom(table).selectAll().execute()).length;
  return counts;
}

const due = { REVOKED_PHONES: 1, PHONE_CODES: 1, ATTEMPTS: 1, REQUEST_KEYS: 1, FIRST_ANSWERS: 1 };
const planted = {
  phone: 3,
  phone_shown: 3,
  phone_code: 2,
  attempt: 3,
  card_request: 2,
  wellbeing_first: 2,
};

describe.each(engines)('what has had its time on $name', ({ location }) => {
  it('is counted by a dry run, which changes nothing, and goes with the run that follows', async () => {
    await using cards = await openTestCards(await location());
    await plant(cards);
    expect((await runRetention(cards.services, true)).counts).toMatchObject(due);
    expect(await rows(cards)).toEqual(planted);
    expect((await runRetention(cards.services, false)).counts).toMatchObject(due);
    expect(await rows(cards)).toEqual({
      phone: 2,
      phone_shown: 2,
      phone_code: 1,
      attempt: 2,
      card_request: 1,
      wellbeing_first: 1,
    });
    const again = await runRetention(cards.services, false);
    expect(Object.values(again.counts).every((count) => count === 0)).toBe(true);
  });

  it('of phones are those that were revoked more than 30 days ago, to the moment', async () => {
    await using cards = await openTestCards(await location());
    await plant(cards);
    cards.clock.set('2026-12-30T10:00:00.000Z');
    expect((await runRetention(cards.services, false)).counts.REVOKED_PHONES).toBe(0);
    cards.clock.set('2026-12-30T10:00:00.001Z');
    expect((await runRetention(cards.services, false)).counts.REVOKED_PHONES).toBe(1);
    expect(await countRevoked(cards.services.database.reader, now)).toBe(1);
    const phones = await cards.services.database.reader.selectFrom('phone').select('id').execute();
    expect(phones.map(({ id }) => id).toSorted()).toEqual(['new', 'used']);
  });

  /** One row whose time is over from `due` on, to the millisecond. */
  const rowsOfOneKind = [
    {
      kind: 'ONE_TIME_CODES',
      // Stopped working at noon; its trace stays for 24 hours, so that attempts can be counted.
      due: '2026-12-02T12:00:00.001Z',
      insert: (trx: CardsTransaction) =>
        trx
          .insertInto('one_time_code')
          .values({ id: 'c', kind: 'HOLDER_CODE', card_id: 'card', account_id: null, digest: 'd', ...noon })
          .execute(),
    },
    {
      kind: 'OUTGOING_MAILS',
      due: '2026-12-01T12:00:00.000Z',
      insert: (trx: CardsTransaction) =>
        trx
          .insertInto('outgoing_mail')
          .values({ id: 'm', account_id: 'a', kind: 'CONFIRM_ACCOUNT', sealed: sealedNow(), ...mailTimes })
          .execute(),
    },
    {
      kind: 'UNCONFIRMED_ACCOUNTS',
      due: '2026-12-02T12:00:00.001Z',
      insert: (trx: CardsTransaction) =>
        trx
          .insertInto('holder_account')
          .values({ id: 'a', card_id: 'card', created_at: noon.expires_at, confirmed_at: null })
          .execute(),
    },
    {
      kind: 'PHONE_CODES',
      due: '2026-12-02T12:00:00.001Z',
      insert: (trx: CardsTransaction) =>
        trx
          .insertInto('phone_code')
          .values({ digest: 'd', card_id: 'card', created_at: old, ...phoneCode })
          .execute(),
    },
    {
      kind: 'ATTEMPTS',
      due: '2026-12-03T12:00:00.001Z',
      insert: (trx: CardsTransaction) =>
        trx
          .insertInto('attempt')
          .values({
            scope: 'PERSON',
            key: 'k',
            venue_id: 'v',
            since: noon.expires_at,
            misses: 1,
            ...unlocked,
          })
          .execute(),
    },
    {
      kind: 'REQUEST_KEYS',
      due: '2026-12-31T12:00:00.001Z',
      insert: (trx: CardsTransaction) =>
        trx
          .insertInto('card_request')
          .values({ scope: 's', request_id: 'r', fingerprint: 'f', answer: '{}', at: noon.expires_at })
          .execute(),
    },
    {
      kind: 'FIRST_ANSWERS',
      // Of the year 2026: five calendar years wait for a renewal, and the sixth begins in Helsinki.
      due: '2031-12-31T22:00:00.000Z',
      insert: (trx: CardsTransaction) =>
        trx.insertInto('wellbeing_first').values({ pseudonym: 'p', satisfaction: 0, year: 2026 }).execute(),
    },
  ] as const;

  it.each(rowsOfOneKind)('$kind go from $due on, and not a millisecond before', async (row) => {
    await using cards = await openTestCards(await location());
    const { services, clock } = cards;
    await services.database.write(row.insert);
    const before = new Date(Date.parse(row.due) - 1).toISOString();
    for (const [at, count] of [
      [before, 0],
      [row.due, 1],
    ] as const) {
      clock.set(at);
      for (const dryRun of [true, false])
        expect((await runRetention(services, dryRun)).counts[row.kind]).toBe(count);
    }
    expect((await runRetention(services, true)).counts[row.kind]).toBe(0);
  });

  it('a lock outlives the misses that made it, until it opens', async () => {
    await using cards = await openTestCards(await location());
    const lockedUntil = '2026-12-20T12:00:00.000Z';
    const miss = { scope: 'VENUE', key: 'v', venue_id: 'v', since: old, misses: 100 } as const;
    await cards.services.database.write((trx) =>
      trx
        .insertInto('attempt')
        .values({ ...miss, locked_until: lockedUntil })
        .execute(),
    );
    cards.clock.set(lockedUntil);
    expect((await runRetention(cards.services, false)).counts.ATTEMPTS).toBe(0);
    cards.clock.advance(1);
    expect((await runRetention(cards.services, false)).counts.ATTEMPTS).toBe(1);
  });
});
