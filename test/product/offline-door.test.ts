import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../gateway/product.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import {
  expectAccessible,
  hasChromium,
  launch,
  openPage,
  scrollsSideways,
  type WatchedPage,
} from '../clients/support/browser.ts';
import { picture } from '../clients/support/picture.ts';
import { phone, type TestPhone } from '../subgraph/cards-phone-support.ts';
import { httpClient, type Ask } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import {
  audit,
  cardIdOf,
  orchestra,
  performanceNow,
  startTestProduct,
  storedRedemptions,
  validCodes,
} from '../support/product.ts';

const staff = { role: 'VENUE_STAFF', venueId: orchestra.id } as const;

interface Guest {
  readonly own: TestPhone;
  readonly keyId: string;
  readonly phoneId: string;
  readonly cardId: string;
}

describe.skipIf(!hasChromium)('the door without a network, on the real product in a real browser', () => {
  let location: DatabaseLocation;
  let product: Product;
  let browser: Browser;
  let door: Ask;
  let codes: string[] = [];
  let performanceId = '';
  beforeAll(async () => {
    location = await engines[0]!.location();
    product = await startTestProduct(location);
    browser = await launch();
    codes = await validCodes(location, 8);
    door = httpClient(product.gateway.url, staff);
    performanceId = await performanceNow(door);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  });

  const guest = async (): Promise<Guest> => {
    const cardId = await cardIdOf(location, codes.pop() ?? '');
    const holder = httpClient(product.gateway.url, { role: 'HOLDER', cardId });
    const { data } = await holder<{ createEnrolmentCode: { enrolmentCode: string } }>(
      'mutation ($cardId: ID!) { createEnrolmentCode(cardId: $cardId) { ... on EnrolmentCode { enrolmentCode } } }',
      { cardId },
    );
    const code = data!.createEnrolmentCode.enrolmentCode;
    const own = phone();
    const input = { code, publicKey: own.publicKey, algorithm: own.algorithm, proof: own.proof(code) };
    const enrolled = await holder<{ enrolPhone: { phoneId: string; keyId: string } }>(
      'mutation ($input: EnrolPhoneInput!) { enrolPhone(input: $input) { ... on EnrolledPhone { phoneId keyId } } }',
      { input },
    );
    return { own, cardId, ...enrolled.data!.enrolPhone };
  };
  const counter = async (): Promise<{ used: number; held: number; remaining: number }> => {
    const { data } = await door<{
      performance: { capCounter: { used: number; held: number; remaining: number } };
    }>('query ($id: ID!) { performance(id: $id) { capCounter { used held remaining } } }', {
      id: performanceId,
    });
    return data!.performance.capCounter;
  };
  const openDoor = async (language: string, width = 900): Promise<WatchedPage> => {
    const opened = await openPage(browser, `${product.gateway.url}/door?lang=${language}`, {
      viewport: { width, height: 900 },
    });
    await opened.page.fill('#venue-search', 'Kuopion kaupunginorkesteri');
    await opened.page.locator('.venue-button').first().waitFor();
    await opened.page.waitForFunction(() => document.querySelectorAll('.venue-button').length === 1);
    await opened.page.click('.venue-button');
    await opened.page.waitForSelector('.places-number');
    await opened.page.selectOption('#performance', performanceId);
    return opened;
  };
  const keep = async (page: Page, places: number): Promise<void> => {
    await page.click('.offline summary');
    await page.fill('#offline-places', String(places));
    await page.click('.offline-form button');
    await page.waitForSelector('.offline-kept');
  };
  /** The page, its worker and the reader of the camera are on the device. */
  const isKept = (page: Page): Promise<unknown> =>
    page.waitForFunction(async () => {
      await navigator.serviceWorker.ready;
      const cache = await caches.open('door');
      return (await cache.keys()).some(({ url }) => url.endsWith('.wasm'));
    });
  const show = async (page: Page, { own, keyId }: Guest): Promise<void> => {
    await page.fill('#code', own.token(keyId, new Date()));
    await page.keyboard.press('Enter');
  };
  const record = async (page: Page): Promise<void> => {
    await page.waitForSelector('.panel button.primary');
    await page.click('.panel button.primary');
  };

  it('lets phones in against its own places, over a reload too, and uploads each once when the network is back', async () => {
    const [first, second, third] = [await guest(), await guest(), await guest()];
    const before = await counter();
    await using opened = await openDoor('en');
    const { page, sins } = opened;
    await page.click('.offline summary');
    await expectAccessible(page);
    await picture(page, 'door-offline-reserve');
    await page.fill('#offline-places', '2');
    await page.click('.offline-form button');
    await page.waitForSelector('.offline-kept');
    await expect.poll(() => page.innerText('.offline-kept')).toContain('This device keeps 2 places, 2 left.');
    expect(await counter()).toEqual({ used: before.used, held: 2, remaining: before.remaining - 2 });
    await isKept(page);

    await page.context().setOffline(true);
    // Taken back at once, the place is this device's again, and the same guest can be recorded.
    await show(page, first);
    await record(page);
    await page.waitForSelector('h3:text-is("Recorded on this device")');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForSelector('h3:text-is("The record was undone")');
    await expect.poll(() => page.innerText('.offline-kept')).toContain('2 left.');
    await show(page, first);
    await record(page);
    await page.waitForSelector('h3:text-is("Recorded on this device")');
    await expectAccessible(page);
    await picture(page, 'door-offline-recorded');
    await expect.poll(() => page.innerText('.offline')).toContain('1 record waits for the network.');

    // The same guest again, and a printed code, which only the register knows.
    await show(page, first);
    await record(page);
    await page.waitForSelector('text=This card has been recorded for this performance already.');
    await page.getByRole('button', { name: 'Next card' }).click();

    await page.reload();
    await page.waitForSelector('.offline-kept');
    await expect.poll(() => page.innerText('.offline-kept')).toContain('1 left');
    await show(page, second);
    await record(page);
    await page.waitForSelector('h3:text-is("Recorded on this device")');
    await show(page, third);
    await record(page);
    await page.waitForSelector('text=The places of this device are used up.');
    await expectAccessible(page);
    await picture(page, 'door-offline-full');
    expect((await counter()).used).toBe(before.used);

    await page.context().setOffline(false);
    await page.waitForFunction(() => !document.querySelector('.offline')?.textContent?.includes('waits'));
    await expect.poll(async () => (await counter()).used).toBe(before.used + 2);
    expect(await storedRedemptions(location, performanceId)).toHaveLength(before.used + 2);
    expect((await audit(location)).faults).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage)))).not.toContain('K:');

    await page.getByRole('button', { name: 'Give the places back' }).click();
    await page.waitForSelector('.offline-kept', { state: 'detached' });
    expect(await counter()).toEqual({ used: before.used + 2, held: 0, remaining: before.remaining - 2 });
    expect(sins).toEqual([]);
  }, 90_000);

  it.each([
    ['fi', 320, 'Näitä ei voitu kirjata'],
    ['sv', 390, 'Kunde inte registreras'],
  ])(
    'a phone that was removed meanwhile is a conflict, in words (%s, %i px)',
    async (language, width, heading) => {
      const one = await guest();
      const before = await counter();
      await using opened = await openDoor(language, width);
      const { page } = opened;
      await keep(page, 1);
      await page.context().setOffline(true);
      const holder = httpClient(product.gateway.url, { role: 'HOLDER', cardId: one.cardId });
      await holder('mutation ($phoneId: ID!) { revokePhone(phoneId: $phoneId) { phoneId } }', {
        phoneId: one.phoneId,
      });
      await show(page, one);
      await record(page);
      await page.waitForSelector('.recorded-lines');
      await page.context().setOffline(false);
      await page.waitForSelector(`h3:text-is("${heading}")`);
      await expectAccessible(page);
      expect(await scrollsSideways(page)).toBe(false);
      await picture(page, `door-offline-conflict-${language}`);
      expect((await counter()).used).toBe(before.used);
      await page.click('.offline-kept button');
      await page.waitForSelector('.offline-kept', { state: 'detached' });
      await page.click('.offline-conflicts button');
      await page.waitForSelector('.offline-conflicts', { state: 'detached' });
      expect((await counter()).held).toBe(before.held);
    },
    60_000,
  );
});
