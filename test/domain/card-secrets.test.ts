import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../subgraphs/platform/settings/config-error.ts';
import { readConfig } from '../../gateway/config.ts';
import { requireSealingKeys } from '../../subgraphs/sealing.ts';
import {
  CannotOpen,
  createSealer,
  developmentSecret,
  parseMasterKeys,
} from '../../subgraphs/cards/service/secrets.ts';

const now = randomBytes(32);
const former = randomBytes(32);
const base64 = (key: Buffer): string => key.toString('base64');

describe('a sealed text', () => {
  const sealer = createSealer([now]);

  test('opens for the same purpose and row, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, id) => {
        expect(sealer.open('holder-email', id, sealer.seal('holder-email', id, text))).toBe(text);
      }),
    );
  });

  test('shows nothing of what it says, and twice the same is sealed differently', () => {
    const one = sealer.seal('holder-email', 'a', 'planted@example.org');
    expect(one).toMatch(/^v1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(one).not.toContain('planted');
    expect(sealer.seal('holder-email', 'a', 'planted@example.org')).not.toBe(one);
  });

  test('does not open when its row was copied to another id, or to another column', () => {
    const sealed = sealer.seal('holder-email', 'row-a', 'planted@example.org');
    expect(() => sealer.open('holder-email', 'row-b', sealed)).toThrow(CannotOpen);
    expect(() => sealer.open('outgoing-mail', 'row-a', sealed)).toThrow(CannotOpen);
  });

  test('does not open when a single character of it was changed', () => {
    const sealed = sealer.seal('holder-email', 'a', 'planted@example.org');
    for (let at = 0; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      // The last character of a group has bits that mean nothing.
      if (sealed[at + 1] === '.') continue;
      expect(() => sealer.open('holder-email', 'a', changed)).toThrow(CannotOpen);
    }
  });

  test.each(['', 'v1', 'v1...', 'v2.a.b.c', 'plain words', 'v1.a.b.c.d'])(
    'what was never sealed does not open: %j',
    (text) => {
      expect(() => sealer.open('holder-email', 'a', text)).toThrow(CannotOpen);
    },
  );

  test('opens with the former key while keys are changed, and with no other', () => {
    const before = createSealer([former]);
    const sealed = before.seal('holder-email', 'a', 'planted@example.org');
    const changing = createSealer([now, former]);
    expect(changing.open('holder-email', 'a', sealed)).toBe('planted@example.org');
    expect(changing.isCurrent('holder-email', 'a', sealed)).toBe(false);
    expect(changing.isCurrent('holder-email', 'a', changing.seal('holder-email', 'a', 'x'))).toBe(true);
    expect(() => sealer.open('holder-email', 'a', sealed)).toThrow(CannotOpen);
    expect(changing.digests('holder-email', 'x')).toEqual([
      sealer.digest('holder-email', 'x'),
      before.digest('holder-email', 'x'),
    ]);
  });

  test('a digest is of one purpose: the same words under another have nothing in common with it', () => {
    expect(sealer.digest('holder-email', 'x')).toMatch(/^[0-9a-f]{64}$/);
    expect(sealer.digest('holder-email', 'x')).not.toBe(sealer.digest('one-time-code', 'x'));
  });
});

describe('CARDS_SECRET', () => {
  test('is one key, or the current and the former one', () => {
    expect(parseMasterKeys(base64(now))).toEqual([now]);
    expect(parseMasterKeys(`${base64(now)}, ${base64(former)}`)).toEqual([now, former]);
  });

  test.each([
    '',
    ',',
    'short',
    base64(randomBytes(31)),
    `${base64(now)},`,
    `${base64(now)},${base64(randomBytes(31))}`,
    [now, former, now].map(base64).join(),
    'not base64 at all, but long enough for thirty-two bytes',
  ])('is refused otherwise, and never shown back: %j', (text) => {
    expect(() => parseMasterKeys(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }) as Error);
    if (text === '') return;
    expect(() => readConfig({ CARDS_SECRET: text })).toThrow(ConfigError);
    expect(() => readConfig({ CARDS_SECRET: text })).toThrow(/^CARDS_SECRET must be one or two keys/);
  });

  test('has a default in development, and none in production, where cards do not start without it', () => {
    expect(readConfig({}).sealingKeys).toBe(developmentSecret);
    const { sealingKeys } = readConfig({ NODE_ENV: 'production' });
    expect(sealingKeys).toBeUndefined();
    expect(() => requireSealingKeys(sealingKeys)).toThrow(/CARDS_SECRET must be set in production/);
    const set = readConfig({ NODE_ENV: 'production', CARDS_SECRET: base64(now) });
    expect(requireSealingKeys(set.sealingKeys)).toEqual([now]);
  });
});
