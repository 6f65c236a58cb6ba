import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../gateway/config.ts';
import { proxyList } from '../../gateway/identity/address.ts';
import { codes, running } from './support/running.ts';

const proxiesOf = (text: string): readonly string[] => readConfig({ TRUSTED_PROXIES: text }).proxies;

describe('TRUSTED_PROXIES', () => {
  test.each([
    ['', []],
    ['127.0.0.1', ['127.0.0.1']],
    [' 10.0.0.0/8, ::1 fd00::/8,', ['10.0.0.0/8', '::1', 'fd00::/8']],
    ['10.0.0.7/32,2001:db8::1/128', ['10.0.0.7/32', '2001:db8::1/128']],
  ])('"%s" is %j', (text, entries) => {
    expect(proxiesOf(text)).toEqual(entries);
    expect(() => proxyList(entries)).not.toThrow();
  });

  test.each([
    'proxy.example',
    '10.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '::1/129',
    '10.0.0.0/-1',
    '10.0.0.0/8.5',
    '10.0.0.1-9',
    '*',
  ])('"%s" stops the start with one sentence that says what would be right', (text) => {
    expect(() => proxiesOf(`10.0.0.1,${text}`)).toThrow(ConfigError);
    expect(() => proxiesOf(`10.0.0.1,${text}`)).toThrow(
      /^TRUSTED_PROXIES has ".*", but must be .*10\.0\.0\.0\/8.*\.$/,
    );
  });

  test.each(['0.0.0.0/0', '::/0'])('"%s" is refused: every client could choose its address', (text) => {
    expect(() => proxiesOf(text)).toThrow(ConfigError);
  });

  /** Asks as one client behind a proxy: the costs of two questions fit its budget, of three they do not. */
  async function spend(proxies: string): Promise<(address: string) => Promise<[number, string[]]>> {
    const { fetch } = await running({ proxies: proxiesOf(proxies), entryLimits: { addressBudget: 24 } });
    return async (address) => {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: '{"query":"{ sensors { id } }"}',
      });
      return [answer.status, codes(answer)];
    };
  }

  test('behind a proxy that is named, each client has its own budget, whatever it claims itself', async () => {
    const ask = await spend('127.0.0.0/8');
    for (let n = 0; n < 2; n += 1) expect((await ask('198.51.100.7'))[0]).toBe(200);
    expect(await ask('198.51.100.7')).toEqual([429, ['TOO_MANY_REQUESTS']]);
    expect(await ask('203.0.113.9, 198.51.100.7')).toEqual([429, ['TOO_MANY_REQUESTS']]);
    expect((await ask('198.51.100.8'))[0]).toBe(200);
  });

  test('without a name nobody is believed: all count as one address', async () => {
    const ask = await spend('10.0.0.0/8');
    for (let n = 0; n < 2; n += 1) expect((await ask(`198.51.100.${n}`))[0]).toBe(200);
    expect(await ask('198.51.100.3')).toEqual([429, ['TOO_MANY_REQUESTS']]);
  });
});
