import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mayReload, onceInMs } from '../../clients/shared/old-page/reload-once.ts';
import { oldPageWords } from '../../clients/shared/old-page/words.ts';
import { expectAccessible, hasChromium, launch, openPage } from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import type { MockGateway } from './support/mock-gateway.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { MockWorld } from './support/mock-world.ts';

function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

describe('a page that is told it is old', () => {
  test('loads itself again once, and not again for ten minutes, also when the clock was put back', () => {
    const kept = storage();
    const now = 1_800_000_000_000;
    expect([now, now + 1, now + onceInMs - 1, now - 1_000].map((at) => mayReload(at, () => kept))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(mayReload(now + onceInMs, () => kept)).toBe(true);
    expect(mayReload(now - 5 * onceInMs, () => kept)).toBe(true);
  });

  test('never by itself where it cannot remember that it did', () => {
    const none = () => {
      throw new Error('Storage is switched off.');
    };
    expect(mayReload(1, none)).toBe(false);
    expect(mayReload(1, () => ({ getItem: () => null, setItem: () => undefined }))).toBe(false);
  });
});

describe.skipIf(!hasChromium)('after an upgrade', () => {
  let built: Awaited<ReturnType<typeof buildForTest>>;
  let browser: Browser;
  let gateway: MockGateway;

  beforeAll(async () => {
    [built, browser] = await Promise.all([buildForTest(), launch()]);
  });
  beforeEach(async () => {
    gateway = await startMockGateway(built.directory, new MockWorld());
    return () => gateway[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await browser?.close();
    await built?.remove();
  });

  const notice = (words: string): string => `.old-page[role=alert]:has-text("${words}")`;
  const loads = (page: Page): { count: number } => {
    const counted = { count: 0 };
    page.on('load', () => (counted.count += 1));
    return counted;
  };

  test.each([
    ['fi', 'door'],
    ['sv', 'door'],
    ['en', 'display/kuopion-musiikkikeskus'],
  ] as const)(
    'the page says in %s that it is old, loads itself again, and works: /%s',
    async (language, address) => {
      gateway.faults.laterBuild = true;
      await using open = await openPage(browser, `${gateway.url}/${address}?lang=${language}`);
      const { page, sins } = open;
      await page.waitForSelector(notice(oldPageWords[language].reloading));
      await expect.poll(() => page.getAttribute('.old-page', 'lang')).toBe(language);
      await expectAccessible(page);
      gateway.faults.laterBuild = false;
      await page.waitForSelector('.old-page', { state: 'detached', timeout: 15_000 });
      await page.waitForSelector(address === 'door' ? '.venue-button' : '.hero .number');
      await expect.poll(() => page.locator('.old-page').count()).toBe(0);
      expect(sins).toEqual([]);
    },
  );

  test('a display that has run since before it hears so on its socket, and loads itself again', async () => {
    await using open = await openPage(browser, `${gateway.url}/display/kuopion-musiikkikeskus?lang=fi`);
    const { page, sins } = open;
    await page.waitForSelector('.hero .number');
    const counted = loads(page);
    gateway.faults.laterBuild = true;
    gateway.thaw();
    await page.waitForSelector(notice(oldPageWords.fi.reloading), { timeout: 15_000 });
    gateway.faults.laterBuild = false;
    await page.waitForSelector('.old-page', { state: 'detached', timeout: 15_000 });
    await page.waitForSelector('.hero .number');
    expect(counted.count).toBe(1);
    expect(sins).toEqual([]);
  });

  test('one that stays old loads itself again only once, then leaves it to a person, and is itself again when answered', async () => {
    gateway.faults.laterBuild = true;
    await using open = await openPage(browser, `${gateway.url}/display/kuopion-musiikkikeskus?lang=sv`);
    const { page, sins } = open;
    const counted = loads(page);
    await page.waitForSelector(notice(oldPageWords.sv.reloading));
    await page.waitForSelector(notice(oldPageWords.sv.stillOld), { timeout: 15_000 });
    await expectAccessible(page);
    const after = counted.count;
    await page.click('.old-page button');
    await page.waitForSelector(notice(oldPageWords.sv.stillOld), { timeout: 15_000 });
    expect(counted.count).toBe(after + 1);
    gateway.faults.laterBuild = false;
    await page.waitForSelector('.hero .number', { timeout: 15_000 });
    await page.waitForSelector('.old-page', { state: 'detached' });
    expect(counted.count).toBe(after + 1);
    expect(sins).toEqual([]);
  });
});
