import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSigner,
  ensureSigningKey,
  keyLeadMs,
  resealSigningKeys,
  rotateSigningKey,
} from '../../subgraphs/cards/service/signing.ts';
import { CannotOpen, createSealer, developmentSecret } from '../../subgraphs/cards/service/secrets.ts';
import { openEventLog } from '../../subgraphs/platform/events/index.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { openTestCards, type TestCards } from '../subgraph/card-support.ts';
import { engines } from '../support/databases.ts';

describe.each(engines)('the signing key on $name', ({ location }) => {
  let place: DatabaseLocation;
  let cards: TestCards;
  beforeAll(async () => {
    place = await location();
    cards = await openTestCards(place);
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const published = async (): Promise<Record<string, unknown>[]> => {
    const log = openEventLog(place, 'cards');
    const events = await log.read('0:0', 1000);
    await log.close();
    return events
      .filter(({ topic }) => topic === 'presentation-key.published')
      .map(({ payload }) => payload as Record<string, unknown>);
  };

  it('is made and published at the first start, and kept at the next ones', async () => {
    const { database, clock, signer, sealer } = cards.services;
    const { kid } = await signer.currentKey(clock.now());
    await ensureSigningKey(database, sealer, clock);
    expect(await published()).toEqual([
      {
        keyId: kid,
        publicKey: expect.stringMatching(/^[\w+/]+=*$/) as string,
        publishedAt: clock.now().toISOString(),
      },
    ]);
    expect((await createSigner(database, sealer).currentKey(clock.now())).kid).toBe(kid);
  });

  it('stays at home: only its public half is published', async () => {
    const rows = await cards.services.database.reader.selectFrom('signing_key').selectAll().execute();
    const events = JSON.stringify(await published());
    for (const row of rows) {
      expect(events).toContain(row.public_key);
      expect(events).not.toContain(row.private_key);
    }
  });

  it('is published for five minutes before it signs, when it is a new one', async () => {
    const { database, signer, sealer } = cards.services;
    const before = (await signer.currentKey(cards.clock.now())).kid;
    const { kid } = await rotateSigningKey(database, sealer, cards.clock);
    expect((await published()).map(({ keyId }) => keyId)).toEqual([before, kid]);
    cards.clock.advance(keyLeadMs - 1);
    expect((await signer.currentKey(cards.clock.now())).kid).toBe(before);
    cards.clock.advance(1);
    expect((await signer.currentKey(cards.clock.now())).kid).toBe(kid);
  });

  it('is the oldest while the clock is behind all keys', async () => {
    const first = (await published())[0]?.['keyId'];
    const { kid } = await cards.services.signer.currentKey(new Date('2020-01-01T00:00:00.000Z'));
    expect(kid).toBe(first);
  });

  it('lies sealed, and one from before that is sealed at the next start and still signs', async () => {
    const { database, sealer, clock } = cards.services;
    const { kid } = await createSigner(database, sealer).currentKey(clock.now());
    const stored = async (): Promise<string> => {
      const keys = database.reader.selectFrom('signing_key').select('private_key').where('kid', '=', kid);
      return (await keys.executeTakeFirstOrThrow()).private_key;
    };
    expect(await stored()).toMatch(/^v1\./);
    const plain = sealer.open('signing-key', kid, await stored());
    const token = (await createSigner(database, sealer).currentKey(clock.now())).seal('part');
    await database.write((trx) =>
      trx.updateTable('signing_key').set({ private_key: plain }).where('kid', '=', kid).execute(),
    );
    await ensureSigningKey(database, sealer, clock);
    expect(await stored()).toMatch(/^v1\./);
    expect((await createSigner(database, sealer).currentKey(clock.now())).seal('part')).toBe(token);
  });

  it('is sealed anew when the master key is changed, and does not open with a foreign one', async () => {
    const { database, sealer, clock } = cards.services;
    const { kid } = await createSigner(database, sealer).currentKey(clock.now());
    const next = randomBytes(32);
    const both = createSealer([next, developmentSecret[0]]);
    expect(await resealSigningKeys(database, both)).toBeGreaterThan(0);
    expect(await resealSigningKeys(database, both)).toBe(0);
    expect((await createSigner(database, createSealer([next])).currentKey(clock.now())).kid).toBe(kid);
    await expect(
      createSigner(database, createSealer([randomBytes(32)])).currentKey(clock.now()),
    ).rejects.toThrow(CannotOpen);
    await resealSigningKeys(database, createSealer([developmentSecret[0], next]));
  });
});
