import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../gateway/config.ts';
import { BoundedCache } from '../../gateway/execution/bounded-cache.ts';
import { backOffMs } from '../../gateway/subscriptions/back-off.ts';
import { stableText } from '../../gateway/subscriptions/stable-text.ts';
import { closeReason } from '../../gateway/websocket/close.ts';

describe('settings', () => {
  test('have defaults for a first try on one machine', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      production: false,
      logLevel: 'info',
      demoSeason: true,
    });
    expect(readConfig({}).dataDir).toMatch(/\/data$/);
  });

  test('have no demo season in production unless it is asked for', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({ production: true, demoSeason: false });
    expect(readConfig({ NODE_ENV: 'production', DEMO_SEASON: 'on' }).demoSeason).toBe(true);
  });

  test.each([
    [{ PORT: 'four' }, 'PORT is "four", but must be a whole number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV is "prod", but must be one of development, production, test.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
    [{ DEMO_SEASON: 'maybe' }, 'DEMO_SEASON is "maybe"'],
    [{ DATABASE_URL: 'mysql://me:secret@x/y' }, 'DATABASE_URL must be the address of a PostgreSQL database'],
  ])('%o stops the start with one clear sentence', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(sentence);
  });

  test('never show the password of a database', () => {
    expect(() => readConfig({ DATABASE_URL: 'postgres//me:secret@x/y' })).not.toThrow(/secret/);
  });
});

describe('a bounded cache', () => {
  test('forgets what was used longest ago', () => {
    const cache = new BoundedCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 2]);
  });

  test('stays within its weight under 10 000 different keys, and refuses what alone is too heavy', () => {
    const cache = new BoundedCache<string>(1_000, (text) => text.length);
    for (let n = 0; n < 10_000; n += 1) cache.set(`k${n}`, 'x'.repeat(10));
    expect([cache.size, cache.weight]).toEqual([100, 1_000]);
    cache.set('huge', 'x'.repeat(1_001));
    expect(cache.get('huge')).toBeUndefined();
    cache.set('k9999', 'y');
    expect(cache.weight).toBe(991);
  });
});

test('equal values have equal texts, whatever the order of their fields', () => {
  expect(stableText({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(
    stableText({ b: [1, { c: 'x', d: null }] }),
  );
  expect(stableText(['a', 'b'])).not.toBe(stableText(['ab']));
  expect(stableText({ a: '1' })).not.toBe(stableText({ a: 1 }));
});

test('pauses between attempts double up to one second, and half of each is chance', () => {
  expect([0, 1, 2, 5, 50].map((attempt) => backOffMs(attempt, () => 1))).toEqual([
    50, 100, 200, 1_000, 1_000,
  ]);
  expect(backOffMs(50, () => 0)).toBe(500);
});

test('a close reason fits into a close frame, also when it is not ASCII', () => {
  expect(Buffer.byteLength(closeReason('ä'.repeat(500)))).toBeLessThanOrEqual(123);
});
