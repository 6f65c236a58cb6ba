import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WatchedPage } from './support/browser.ts';
import { expectAccessible, hasChromium, launch, openPage, scrollsSideways } from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import type { MockGateway } from './support/mock-gateway.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { deliberateEnter, focusedId, focusedText, scan } from './support/door.ts';
import { cards, MockWorld } from './support/mock-world.ts';

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 320, height: 740 } };

describe.skipIf(!hasChromium)('the door page', () => {
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

  test('the venue is found by name and pages, and remembered', async () => {
    await using door = await openPage(browser, `${gateway.url}/door`, phone);
    const { page, sins } = door;
    await page.waitForSelector('[role=status]:text-is("31 kohdetta")');
    await expectAccessible(page);
    expect(await scrollsSideways(page)).toBe(false);
    await page.click('button:text-is("Näytä lisää")');
    await page.waitForSelector('.venue-list li:nth-child(24)');
    await page.fill('#venue-search', 'musiikki');
    await page.waitForSelector('[role=status]:text-is("1 kohde")');
    await page.click('.venue-button');
    await page.waitForSelector('h1:text-is("Kuopion musiikkikeskus")');
    await page.reload();
    await page.waitForSelector('h1:text-is("Kuopion musiikkikeskus")');
    expect(gateway.world.viewers).toContain(JSON.stringify({ role: 'VENUE_STAFF', venueId: 'v1' }));
    expect(sins).toEqual([]);
  });

  test('keyboard alone: code, Enter, Enter redeems, and the focus is back on the code', async () => {
    await using door = await openDoor();
    const { page, sins } = door;
    await expect.poll(() => focusedId(page)).toBe('code');
    await scan(page, cards.family);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await expect.poll(() => page.textContent('.children')).toBe('Enintään 2 lasta mukaan');
    await expect.poll(() => focusedText(page)).toBe('Kirjaa 1 lippu');
    await expectAccessible(page);
    await deliberateEnter(page);
    await page.waitForSelector('h3:text-is("Kirjattu: 1 lippu")');
    await page.waitForSelector('.places-number:text-is("5")');
    await expect.poll(() => page.textContent('.result .next-step')).toBe('5 vapaata paikkaa jäljellä');
    await expect.poll(() => focusedId(page)).toBe('code');
    await expect.poll(() => page.inputValue('#code')).toBe('');
    await expectAccessible(page);
    expect(gateway.world.redemptions.get('r1')?.lines).toEqual([{ type: 'HOLDER', count: 1 }]);
    expect(sins).toEqual([]);
  });

  test('children and an assistant are added with the steppers, never above what the card allows', async () => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, cards.family);
    const more = page.getByRole('button', { name: 'Enemmän: Lapsi' });
    // A button at its end can still be pressed: nothing may come of it.
    for (let press = 0; press < 4; press++) await more.click({ force: true });
    await page.getByRole('button', { name: 'Enemmän: Avustaja tai tulkki' }).click();
    await page.click('button:text-is("Kirjaa 4 lippua")');
    await page.waitForSelector('h3:text-is("Kirjattu: 4 lippua")');
    expect(gateway.world.redemptions.get('r1')?.lines).toEqual([
      { type: 'HOLDER', count: 1 },
      { type: 'CHILD', count: 2 },
      { type: 'ASSISTANT', count: 1 },
    ]);
  });

  test('a community card gives a ticket to its worker', async () => {
    await using door = await openDoor();
    await scan(door.page, cards.community);
    await door.page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await deliberateEnter(door.page);
    await door.page.waitForSelector('h3:text-is("Kirjattu: 1 lippu")');
    expect(gateway.world.redemptions.get('r1')?.lines).toEqual([{ type: 'COMMUNITY_WORKER', count: 1 }]);
  });

  test('a code typed by hand is read in any case, with blanks, O for 0 and l for 1', async () => {
    await using door = await openDoor();
    await door.page.keyboard.type('c6vq 4jta-7ko8');
    await expect.poll(() => door.page.inputValue('#code')).toBe('C6VQ-4JTA-7K08');
    await door.page.keyboard.press('Enter');
    await door.page.waitForSelector('h3:text-is("Kortti on voimassa")');
  });

  test('undo gives the places back', async () => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await deliberateEnter(page);
    await page.waitForSelector('.places-number:text-is("5")');
    await page.click('button:text-is("Peru kirjaus")');
    await page.waitForSelector('h3:text-is("Kirjaus on peruttu")');
    await page.waitForSelector('.places-number:text-is("6")');
    await expectAccessible(page);
    expect(gateway.world.redemptions.get('r1')?.status).toBe('CANCELLED');
  });

  test.each([
    ['W3XN8DYR', 'Koodissa on kirjoitusvirhe.'],
    ['ZZZZZZZZZZZZ', 'Korttia ei löydy.'],
    [cards.expired, 'Kortti on vanhentunut.'],
  ])('a card that cannot be used is refused in plain words: %s', async (code, words) => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, code);
    await page.waitForSelector('.refusal');
    await expect.poll(() => page.textContent('.refusal')).toContain(words);
    expect((await page.textContent('.refusal .next-step'))?.length).toBeGreaterThan(10);
    await expectAccessible(page);
    await page.click('button[lang=sv]');
    await page.waitForSelector('.refusal h3:text-is("Biljetter kan inte registreras med kortet nu")');
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortet är giltigt")');
  });

  test('a full performance is refused with the rule, and Enter goes on to the next card', async () => {
    await using door = await openDoor();
    const { page } = door;
    gateway.world.change('p1', { used: 20 });
    await page.waitForSelector('.places-number:text-is("0")');
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await deliberateEnter(page);
    await page.waitForSelector('.refusal');
    await expect.poll(() => page.textContent('.refusal')).toContain('Paikat ovat loppu.');
    await expect.poll(() => page.textContent('.refusal .rule')).toContain('voimassa 1.9.2025 alkaen');
    await expect.poll(() => focusedText(page)).toBe('Seuraava kortti');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.waiting');
    await expect.poll(() => focusedId(page)).toBe('code');
  });

  test('a cancelled performance says so and another one can be chosen', async () => {
    await using door = await openDoor();
    const { page } = door;
    await page.selectOption('#performance', 'p4');
    await page.waitForSelector('.places-word:text-is("peruttu")');
    await scan(page, cards.single);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await deliberateEnter(page);
    await page.waitForSelector('.refusal:has-text("Esitys on peruttu.")');
    await page.selectOption('#performance', 'p3');
    await page.click('button:text-is("Kirjaa 1 lippu")');
    await page.waitForSelector('h3:text-is("Kirjattu: 1 lippu")');
  });

  test('the next card scanned on top of an open one records nothing for the open one, and says so', async () => {
    await using door = await openDoor();
    const { page } = door;
    await scan(page, cards.family);
    await page.waitForSelector('h3:text-is("Kortti on voimassa")');
    await page.focus('#performance');
    await scan(page, cards.single);
    await page.waitForSelector('.skipped:text-is("Edellistä korttia ei kirjattu.")');
    await expect.poll(() => page.inputValue('#performance')).toBe('p1');
    expect(gateway.world.redemptions.size).toBe(0);
  });

  test('every state reflows at 320 pixels', async () => {
    await using door = await openDoor(phone);
    const { page } = door;
    expect(await scrollsSideways(page)).toBe(false);
    await scan(page, cards.family);
    await page.waitForSelector('.stepper');
    expect(await scrollsSideways(page)).toBe(false);
    await expectAccessible(page);
    await deliberateEnter(page);
    await page.waitForSelector('.recorded-lines');
    expect(await scrollsSideways(page)).toBe(false);
  });
});
