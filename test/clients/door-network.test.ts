import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WatchedPage } from './support/browser.ts';
import { expectAccessible, hasChromium, launch, openPage } from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import type { MockGateway } from './support/mock-gateway.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { deliberateEnter, scan } from './support/door.ts';
import { cards, MockWorld } from './support/mock-world.ts';

const desktop = { viewport: { width: 1280, height: 800 } };

describe.skipIf(!hasChromium)('the door page on a bad network', () => {
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

  /** The door of the first venue, ready for a card. */
  const openDoor = async (options = desktop): Promise<WatchedPage> => {
    const door = await openPage(browser, `${gateway.url}/door`, options);
    await door.page.click('.venue-button');
    await door.page.waitForSelector('.places-number');
    return door;
  };

  test('a lost answer is asked for again with the same request id: one redemption', async () => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    // More than the browser repeats by itself: Chromium sends a POST again when a kept connection was cut.
    gateway.faults.loseAnswers = 8;
    await deliberateEnter(page);
    await page.waitForSelector('h3:text-is("Kirjausta ei ole vielä lähetetty")');
    await expectAccessible(page);
    await page.waitForSelector('h3:text-is("Kirjattu: 1 lippu")', { timeout: 25_000 });
    expect(gateway.world.redemptions.size).toBe(1);
    expect(gateway.world.requestIds.length).toBeGreaterThan(8);
    expect(new Set(gateway.world.requestIds).size).toBe(1);
  });

  test('without a network the page says so, keeps trying, and asks before it gives up', async () => {
    await using door = await openDoor();
    const { page, sins } = door;
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await gateway.stop();
    await page.waitForSelector('.network .warning');
    await deliberateEnter(page);
    await page.waitForSelector('h3:text-is("Kirjausta ei ole vielä lähetetty")');
    await page.click('button:text-is("Lopeta yritys")');
    await page.waitForSelector('dialog[open]');
    await expectAccessible(page);
    await page.click('button:text-is("Jatka yrittämistä")');
    await page.waitForSelector('dialog', { state: 'detached' });
    await gateway.start();
    await page.click('button:text-is("Yritä nyt")');
    await page.waitForSelector('h3:text-is("Kirjattu: 1 lippu")', { timeout: 15_000 });
    await page.waitForSelector('.network .warning', { state: 'detached' });
    expect(gateway.world.redemptions.size).toBe(1);
    expect(sins).toEqual([]);
  });

  test('giving up tells to write the use on paper', async () => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await gateway.stop();
    await deliberateEnter(page);
    await page.click('button:text-is("Lopeta yritys")');
    await page.click('dialog button:text-is("Lopeta")');
    await page.waitForSelector('h3:text-is("Merkitse tämä paperille")', { timeout: 15_000 });
    await expectAccessible(page);
  });

  test('two presses are two requests, and a scanner with two Enters is none', async () => {
    await using door = await openDoor();
    const { page } = door;
    await page.keyboard.insertText(cards.single);
    await page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('.code form');
      form?.requestSubmit();
      form?.requestSubmit();
    });
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    expect(gateway.world.requestIds).toHaveLength(0);
    for (const used of [20, 20]) {
      gateway.world.change('p1', { used });
      await page.waitForTimeout(300);
      await page.click('button:text-is("Kirjaa 1 lippu")');
      await page.waitForSelector('.refusal');
    }
    await page.waitForTimeout(300);
    expect(new Set(gateway.world.requestIds).size).toBe(2);
  });

  test('a card that is scanned while the last record is still on its way is checked after it', async () => {
    await using door = await openDoor();
    const { page } = door;
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(`${gateway.url}/graphql`, async (route) => {
      if (route.request().postData()?.includes('requestId')) await held;
      await route.continue();
    });
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await deliberateEnter(page);
    await page.waitForSelector('button:text-is("Kirjataan…")');
    await scan(page, cards.family);
    letGo();
    await page.waitForSelector('.children:text-is("Enintään 2 lasta mukaan")');
    expect(gateway.world.redemptions.size).toBe(1);
    await page.waitForSelector('.last');
    // Half a code: the undoing does not eat it.
    await page.click('.last button');
    await page.keyboard.type(cards.single.slice(0, 6));
    await page.waitForSelector('h3:text-is("Kirjaus on peruttu")');
    await page.keyboard.type(cards.single.slice(6));
    expect((await page.inputValue('#code')).replaceAll('-', '')).toBe(cards.single);
  });

  test('no code is kept in storage or in the address', async () => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    const kept = await page.evaluate(() =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
        location.href,
      ]),
    );
    expect(kept).not.toMatch(/W3XN/);
    expect(kept).not.toMatch(/token/);
  });
});
