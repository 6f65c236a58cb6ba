import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, hasChromium, launch, openPage, scrollsSideways } from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import type { MockGateway } from './support/mock-gateway.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { MockWorld, text } from './support/mock-world.ts';

const television = { viewport: { width: 1920, height: 1080 } };
const slug = 'kuopion-musiikkikeskus';

describe.skipIf(!hasChromium)('the venue display', () => {
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

  const openDisplay = (address = slug, options: Parameters<typeof openPage>[2] = television) =>
    openPage(browser, `${gateway.url}/display/${address}`, options);

  test('shows the venue, the free places of the current performance and those that follow', async () => {
    await using display = await openDisplay();
    const { page, sins } = display;
    await page.waitForSelector('.hero .number');
    await expect.poll(() => page.textContent('h1')).toBe('Kuopion musiikkikeskus');
    await expect.poll(() => page.textContent('.hero .number')).toBe('6');
    await expect.poll(() => page.textContent('.hero .unit')).toBe('vapaita paikkoja');
    await expect.poll(() => page.locator('.later li').count()).toBe(4);
    await expect.poll(() => page.textContent('.later li:nth-child(2) .word')).toBe('Tilaa on');
    await expect.poll(() => page.textContent('.later li:nth-child(3) .word')).toBe('Peruttu');
    await expectAccessible(page);
    expect(sins).toEqual([]);
  });

  test('tells the time of Helsinki on a television set to Auckland', async () => {
    await using display = await openDisplay();
    await display.page.waitForSelector('.hero .number');
    const start = new Date(gateway.world.performance('p1').startsAt);
    const helsinki = new Intl.DateTimeFormat('fi-FI', {
      timeZone: 'Europe/Helsinki',
      hour: '2-digit',
      minute: '2-digit',
    });
    await expect.poll(() => display.page.textContent('.hero .when')).toContain(helsinki.format(start));
  });

  test('a redemption elsewhere changes the number within a second, without a reload', async () => {
    await using display = await openDisplay();
    const { page } = display;
    await page.waitForSelector('.hero .number');
    gateway.world.change('p1', { used: 19 });
    await page.waitForSelector('.hero .number:text-is("1")', { timeout: 1_000 });
    await expect.poll(() => page.textContent('.hero .unit')).toBe('vapaa paikka');
    gateway.world.change('p1', { used: 20 });
    await page.waitForSelector('.hero .number:text-is("0")', { timeout: 1_000 });
    await expect.poll(() => page.textContent('.hero .full')).toBe('Kaikki paikat on nyt varattu.');
    await expectAccessible(page);
  });

  test('news with a lower sequence never turns a number back', async () => {
    await using display = await openDisplay();
    const { page } = display;
    await page.waitForSelector('.hero .number');
    gateway.world.change('p1', { used: 16 });
    await page.waitForSelector('.hero .number:text-is("4")');
    gateway.world.change('p1', { used: 2, sequence: 0 });
    gateway.world.change('p2', { used: 7 });
    await page.waitForSelector('.later .number:text-is("1")');
    await expect.poll(() => page.textContent('.hero .number')).toBe('4');
  });

  test('says when the connection is gone and how old the numbers are, and catches up by itself', async () => {
    await using display = await openDisplay();
    const { page, sins } = display;
    await page.waitForSelector('.hero .number');
    await gateway.stop();
    await page.waitForSelector('.warning');
    await expect
      .poll(() => page.textContent('.warning'))
      .toMatch(/Yhteys on poikki\. Luvut ovat kello \d\d\.\d\d tilanteesta/);
    await expect.poll(() => page.textContent('.hero .age')).toMatch(/^tieto klo \d\d\.\d\d$/);
    await expect.poll(() => page.textContent('[role=status]')).toContain('Yhteys on poikki.');
    await expectAccessible(page);
    gateway.world.change('p1', { used: 17 });
    await gateway.start();
    await page.waitForSelector('.hero .number:text-is("3")');
    await page.waitForSelector('.warning', { state: 'detached' });
    await expect.poll(() => page.locator('.age').count()).toBe(0);
    expect(sins).toEqual([]);
  });

  test('says how old the numbers are when the server itself has lost what tells it', async () => {
    await using display = await openDisplay();
    const { page } = display;
    await page.waitForSelector('.hero .number');
    const shown = await page.textContent('.hero .number');
    gateway.faults.stale = true;
    gateway.world.change('p1', { used: 18 });
    await page.waitForSelector('.warning');
    await expect.poll(() => page.textContent('.hero .number')).toBe(shown);
    gateway.faults.stale = false;
    gateway.world.change('p1', { used: 19 });
    await page.waitForSelector('.hero .number:text-is("1")');
    await page.waitForSelector('.warning', { state: 'detached' });
  });

  test(
    'notices a server that answers no more although the connection stays open',
    { timeout: 40_000 },
    async () => {
      await using display = await openDisplay();
      await display.page.waitForSelector('.hero .number');
      gateway.freeze();
      await display.page.waitForSelector('.warning', { timeout: 20_000 });
      gateway.thaw();
      gateway.world.change('p1', { used: 15 });
      await display.page.waitForSelector('.hero .number:text-is("5")', { timeout: 15_000 });
    },
  );

  test('a display switched on while the server is down comes up when the server does', async () => {
    await using display = await openDisplay();
    const { page } = display;
    await page.waitForSelector('.hero .number');
    await page.route('**/graphql', (route) => route.abort());
    await page.reload();
    await page.waitForSelector('.words:has-text("Palveluun ei saada juuri nyt yhteyttä")');
    await expectAccessible(page);
    await page.unroute('**/graphql');
    await page.waitForSelector('.hero .number', { timeout: 10_000 });
  });

  test('an unknown venue is told in plain words', async () => {
    await using display = await openDisplay('ei-olemassa');
    await display.page.waitForSelector('.words:has-text("Tällä osoitteella ei ole näyttöä.")');
    await expectAccessible(display.page);
    expect(display.sins).toEqual([]);
  });

  test('speaks Swedish when the address says so, and remembers a chosen language', async () => {
    await using display = await openDisplay(`${slug}?lang=sv`);
    const { page } = display;
    await page.waitForSelector('.hero .unit:text-is("lediga platser")');
    await expect.poll(() => page.getAttribute('html', 'lang')).toBe('sv');
    await page.click('button[lang=en]');
    await page.waitForSelector('.hero .unit:text-is("free places left")');
    await expect.poll(() => page.getAttribute('html', 'lang')).toBe('en');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('lang'))).toBe('en');
    await page.goto(`${gateway.url}/display/${slug}`);
    await page.waitForSelector('.hero .unit:text-is("free places left")');
  });

  test('needs no sideways scrolling at 320 pixels, and no scrolling at all on a television', async () => {
    await using narrow = await openDisplay(slug, { viewport: { width: 320, height: 640 } });
    await narrow.page.waitForSelector('.hero .number');
    expect(await scrollsSideways(narrow.page)).toBe(false);
    const long =
      'Kamarimusiikkia kahdelle viululle, alttoviululle ja sellolle: syyskauden päätöskonsertti pääsalissa';
    gateway.world.change('p1', { title: text(long) });
    for (let more = 0; more < 5; more++) {
      gateway.world.performances.push({
        ...gateway.world.performance('p2'),
        id: `more-${more}`,
        title: text(long),
      });
    }
    for (const viewport of [
      television.viewport,
      { width: 1280, height: 720 },
      { width: 1080, height: 1920 },
    ]) {
      await using wide = await openDisplay(slug, { viewport });
      await wide.page.waitForSelector('.hero .number');
      expect(await overflow(wide.page), `${viewport.width} × ${viewport.height}, live`).toBe(0);
      await gateway.stop();
      await wide.page.waitForSelector('.warning');
      expect(await overflow(wide.page), `${viewport.width} × ${viewport.height}, aged`).toBe(0);
      await gateway.start();
    }
  });
});

/** CSS pixels of the page below the edge of the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
}
