import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { startProduct, type Product } from '../../gateway/product.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { openDatabase, type DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
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
import { freePort } from '../support/free-port.ts';
import { environmentOf, validCodes } from '../support/product.ts';
import { startSmtp, type SmtpServer } from '../support/smtp-server.ts';

describe.skipIf(!hasChromium)('a letter from the unit to the account, on the real product', () => {
  let location: DatabaseLocation;
  let product: Product;
  let browser: Browser;
  let smtp: SmtpServer;
  let codes: string[] = [];
  beforeAll(async () => {
    location = await engines[0]!.location();
    smtp = await startSmtp();
    const port = await freePort();
    const mail = {
      SMTP_URL: smtp.url,
      MAIL_FROM: 'cards@example.org',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    };
    product = await startProduct({
      config: readConfig({ ...environmentOf(location), ...mail, PORT: String(port), NODE_ENV: 'test' }),
      logger: createLogger('silent'),
    });
    browser = await launch();
    codes = await validCodes(location, 5);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
    await smtp?.[Symbol.asyncDispose]();
  });

  /** The link of the letter that this card's unit has sent to an address. */
  async function linkFor(code: string, email: string, language: string): Promise<string> {
    await using cards = await openDatabase<CardsTables>(location, 'cards', localLive());
    const { id, issuer_id: issuerId } = await cards.reader
      .selectFrom('card')
      .innerJoin('card_code', 'card_code.card_id', 'card.id')
      .select(['card.id', 'card.issuer_id'])
      .where('card_code.code', '=', code)
      .executeTakeFirstOrThrow();
    const before = smtp.letters.length;
    const unit = httpClient(product.gateway.url, { role: 'ISSUER_STAFF', issuerId });
    const { data } = await unit(
      'mutation ($input: ActivateAccountInput!) { activateAccount(input: $input) { __typename } }',
      { input: { cardId: id, email, language } },
    );
    expect(data).toEqual({ activateAccount: { __typename: 'AccountInvitation' } });
    await smtp.received(before + 1);
    const letter = smtp.letters.find(({ to }) => to === email);
    return /http\S+/.exec(letter?.text ?? '')?.[0] ?? '';
  }

  it.each([
    ['light', 'fi', 320, 'Osoitteesi on vahvistettu'],
    ['dark', 'sv', 390, 'Din adress är bekräftad'],
    ['light', 'en', 800, 'Your address is confirmed'],
  ] as const)(
    'its link confirms the address with one press (%s, %s, %i px)',
    async (colorScheme, language, width, done) => {
      const link = await linkFor(codes.pop() ?? '', `holder-${language}@example.org`, language.toUpperCase());
      const url = new URL(link);
      url.searchParams.set('lang', language);
      await using phone = await openPage(browser, url.href, {
        viewport: { width, height: 720 },
        colorScheme,
      });
      const { page, sins } = phone;
      await page.waitForSelector('button.primary');
      expect(await page.evaluate(() => globalThis.location.hash)).toBe('');
      await expectAccessible(page);
      expect(await scrollsSideways(page)).toBe(false);
      await picture(page, `confirm-${language}-${width}`);
      await page.click('button.primary');
      await page.waitForSelector(`h1:text-is("${done}")`);
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
      await expectAccessible(page);
      // On to the card, or to the form that adds one.
      await page.click('button.secondary');
      await page.waitForSelector('#code');
      expect(sins).toEqual([]);
    },
  );

  it('a link that was used is answered in words, and one without a network keeps its button', async () => {
    const link = await linkFor(codes.pop() ?? '', 'twice@example.org', 'EN');
    const url = new URL(link);
    url.searchParams.set('lang', 'en');
    await using phone = await openPage(browser, url.href);
    const { page } = phone;
    await page.waitForSelector('button.primary');
    await page.context().setOffline(true);
    await page.click('button.primary');
    await page.waitForSelector('.problem:has-text("The server cannot be reached")');
    await page.context().setOffline(false);
    await page.click('button.primary');
    await page.waitForSelector('h1:text-is("Your address is confirmed")');

    await using again = await openPage(browser, url.href);
    await again.page.waitForSelector('button.primary');
    await again.page.click('button.primary');
    await again.page.waitForSelector('h1:text-is("The link does not work any more")');
    await expectAccessible(again.page);
  });
});
