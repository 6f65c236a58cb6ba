import { describe, expect, it } from 'vitest';
import { seePhone } from '../../clients/door/offline/admit.ts';
import { learnPhones } from '../../clients/door/offline/known-phones.ts';
import { isOfNow, readPhoneToken } from '../../clients/door/offline/phone-token.ts';
import { hour, minute, now } from './support/offline-door.ts';
import { answerWith, knowing, newPhone, shows } from './support/offline-phones.ts';

describe('a phone that is shown to a door without a network', () => {
  it.each(['ED25519', 'ES256'] as const)(
    'is known by its %s key, as cards makes its token',
    async (algorithm) => {
      const phone = newPhone({ algorithm });
      const shown = shows(phone, now);
      expect(readPhoneToken(` ${shown}\n`)?.keyId).toBe(phone.keyId);
      expect(await seePhone(knowing([phone], now), shown, now)).toMatchObject({ shown, phone: phone.known });
    },
  );

  it('is unknown alike when its key is unknown, another key signed, or it signed to be removed', async () => {
    const phone = newPhone();
    const impostor = { ...newPhone(), keyId: phone.keyId };
    const known = knowing([phone], now);
    expect(await seePhone(known, shows(newPhone(), now), now)).toBe('PHONE_UNKNOWN');
    expect(await seePhone(known, shows(impostor, now), now)).toBe('PHONE_UNKNOWN');
    expect(await seePhone(known, shows(phone, now, 'remove'), now)).toBe('PHONE_UNKNOWN');
    const broken = { ...known, phones: { [phone.keyId]: { ...phone.known, publicKey: '!' } } };
    expect(await seePhone(broken, shows(phone, now), now)).toBe('PHONE_UNKNOWN');
  });

  it('is let in by its own half minute and the ones beside it: an older picture is refused', async () => {
    const phone = newPhone();
    const known = knowing([phone], now);
    expect(await seePhone(known, shows(phone, now - 90_000), now)).toBe('PHONE_TOKEN_EXPIRED');
    expect(await seePhone(known, shows(phone, now + 90_000), now)).toBe('PHONE_TOKEN_EXPIRED');
    expect([-31, -1, 0, 1, 31].map((slots) => isOfNow({ slot: now / 30_000 + slots }, now))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('comes in to the end of the last valid day of its card in Finland', async () => {
    const phone = newPhone({ validUntil: '2026-11-22' });
    const lastMinute = Date.parse('2026-11-22T21:59:00.000Z');
    expect(await seePhone(knowing([phone], now), shows(phone, lastMinute), lastMinute)).toMatchObject({
      phone: phone.known,
    });
    const next = lastMinute + minute;
    expect(await seePhone(knowing([phone], now), shows(phone, next), next)).toBe('CARD_EXPIRED');
  });

  it('is not believed on keys of twelve hours ago, of a time to come, or none', async () => {
    const phone = newPhone();
    for (const asOf of [now - 12 * hour, now + minute]) {
      expect(await seePhone(knowing([phone], asOf), shows(phone, now), now)).toBe('KEYS_TOO_OLD');
    }
    expect(await seePhone(null, shows(phone, now), now)).toBe('KEYS_TOO_OLD');
  });

  it('a printed code and everything else is for the register alone', async () => {
    const known = knowing([], now);
    const token = shows(newPhone(), now);
    for (const shown of ['K7M4-2Q9X-3B0T', '', 'K:', 'K:::', `${token}0`, token.slice(0, -3), 'K:ÄÄ']) {
      expect(await seePhone(known, shown, now)).toBe('ONLY_PHONES_OFFLINE');
    }
  });

  it('is forgotten when cards says so, and by an answer with all keys in which it is missing', () => {
    const [first, second] = [newPhone(), newPhone()];
    const both = learnPhones(null, answerWith([first, second], now - minute));
    const gone = { publicKey: null, algorithm: null, kind: null, childrenAllowed: null, validUntil: null };
    const change = {
      asOf: new Date(now).toISOString(),
      isWhole: false,
      keys: [{ keyId: first.keyId, ...gone }],
    };
    expect(learnPhones(both, change)).toEqual(knowing([second], now));
    expect(learnPhones(both, answerWith([first], now))).toEqual(knowing([first], now));
    expect(learnPhones(both, answerWith([], now, false)).phones).toEqual(both.phones);
  });
});
