import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../gateway/product.ts';
import { stableId } from '../../subgraphs/platform/ids.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import {
  expectAccessible,
  hasChromium,
  launch,
  openPage,
  scrollsSideways,
} from '../clients/support/browser.ts';
import { picture } from '../clients/support/picture.ts';
import { httpClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { startTestProduct, validCodes } from '../support/product.ts';

/** Its tickets are redeemed on the day of the performance only. */
const theatre = 'Kuopion kaupunginteatteri';
const venueId = stableId('venue', theatre);

describe.skipIf(!hasChromium)('a soft limit at the door, on the real product in a real browser', () => {
  let location: DatabaseLocation;
  let product: Product;
  let browser: Browser;
  let codes: string[] = [];
  beforeAll(async () => {
    location = await engines[0]!.location();
    product = await startTestProduct(location);
    browser = await launch();
    codes = await validCodes(location, 3);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  });

  it.each([
    ['fi', 320, 'Kirjataanko silti?', 'Paikkoja jäisi tyhjäksi', 'Kirjaa tällä syyllä'],
    ['sv', 390, 'Registrera ändå?', 'Platser skulle stå tomma', 'Registrera med den här orsaken'],
    ['en', 900, 'Record all the same?', 'Places would stay empty', 'Record with this reason'],
  ])(
    'is set aside with a reason, which is recorded and counted (%s, %i px)',
    async (language, width, heading, reason, button) => {
      await using door = await openPage(browser, `${product.gateway.url}/door?lang=${language}`, {
        viewport: { width, height: 900 },
      });
      const { page, sins } = door;
      await page.fill('#venue-search', theatre);
      await page.waitForFunction(() => document.querySelectorAll('.venue-button').length === 1);
      await page.click('.venue-button');
      // A performance of another day: the second group of the list.
      const another = page.locator('#performance optgroup').last().locator('option').last();
      await page.selectOption('#performance', (await another.getAttribute('value')) ?? '');
      await page.fill('#code', codes.pop() ?? '');
      await page.keyboard.press('Enter');
      await page.click('.panel button.primary');
      await page.getByRole('group', { name: heading }).waitFor();
      await expectAccessible(page);
      expect(await scrollsSideways(page)).toBe(false);
      await picture(page, `door-set-aside-${language}`);
      const record = page.getByRole('button', { name: button });
      // Without a reason nothing is recorded.
      await record.click({ force: true });
      await expect.poll(() => page.locator('.set-aside').count()).toBe(1);
      await page.getByLabel(reason).check();
      await record.click();
      await page.waitForSelector('.recorded-lines');
      expect(sins).toEqual([]);
    },
    60_000,
  );

  it('and the venue reads how often', async () => {
    const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    const staff = httpClient(product.gateway.url, { role: 'VENUE_STAFF', venueId });
    const { data } = await staff<{ venue: { overrideCounts: unknown } }>(
      'query ($id: ID!, $from: DateTime!, $to: DateTime!) { venue(id: $id) { overrideCounts(from: $from, to: $to) { limit reason count } } }',
      { id: venueId, from: at(-1), to: at(1) },
    );
    expect(data?.venue.overrideCounts).toEqual([
      { limit: 'REDEMPTION_WINDOW', reason: 'PLACES_LEFT', count: 3 },
    ]);
  });
});
