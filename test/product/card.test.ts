import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatCode } from '../../subgraphs/cards/domain/code.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import type { Product } from '../../gateway/product.ts';
import {
  expectAccessible,
  hasChromium,
  launch,
  openPage,
  scrollsSideways,
} from '../clients/support/browser.ts';
import { picture } from '../clients/support/picture.ts';
import { engines } from '../support/databases.ts';
import { cardIdOf, startTestProduct, validCodes } from '../support/product.ts';

describe.skipIf(!hasChromium)('the card page on the real product, in a real browser', () => {
  let location: DatabaseLocation;
  let product: Product;
  let browser: Browser;
  let codes: string[] = [];
  let code = '';
  let cardId = '';
  beforeAll(async () => {
    location = await engines[0]!.location();
    product = await startTestProduct(location);
    browser = await launch();
    codes = await validCodes(location, 10);
  });
  // A card has at most five phones.
  beforeEach(async () => {
    code = codes.pop() ?? '';
    cardId = await cardIdOf(location, code);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  });

  const enrolmentCode = async (): Promise<string> => {
    const response = await fetch(`${product.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-dev-viewer': JSON.stringify({ role: 'HOLDER', cardId }),
      },
      body: JSON.stringify({
        query:
          'mutation ($cardId: ID!) { createEnrolmentCode(cardId: $cardId) { ... on EnrolmentCode { enrolmentCode } } }',
        variables: { cardId },
      }),
    });
    const { data } = (await response.json()) as { data: { createEnrolmentCode: { enrolmentCode: string } } };
    return data.createEnrolmentCode.enrolmentCode;
  };
  const add = async (page: Page): Promise<void> => {
    await page.fill('#code', await enrolmentCode());
    await page.click('button[type=submit]');
    await page.waitForSelector('.qr');
  };
  /** The token as the page draws it, read by the page's own picture. */
  const shownToken = async (page: Page): Promise<string> => {
    const modules = await page.getAttribute('.qr path', 'd');
    const size = Number((await page.getAttribute('.qr', 'viewBox'))?.split(' ')[2]);
    return readQr(modules ?? '', size);
  };

  it.each([
    ['light', 'fi', 320],
    ['dark', 'sv', 390],
    ['light', 'en', 800],
  ] as const)(
    'adds the card with a one-time code and shows a code that a door takes (%s, %s, %i px)',
    async (colorScheme, language, width) => {
      await using phone = await openPage(browser, `${product.gateway.url}/card?lang=${language}`, {
        viewport: { width, height: 720 },
        colorScheme,
      });
      const { page, sins } = phone;
      await page.waitForSelector('#code');
      await expectAccessible(page);
      await picture(page, `card-add-${colorScheme}-${language}-${width}`);
      await add(page);
      await expectAccessible(page);
      expect(await scrollsSideways(page)).toBe(false);
      await picture(page, `card-shown-${colorScheme}-${language}-${width}`);
      expect(await page.innerText('main')).not.toContain(formatCode(code));

      await using door = await openPage(browser, `${product.gateway.url}/door`);
      await door.page.waitForSelector('.venue-button');
      await door.page.click('.venue-button');
      await door.page.waitForSelector('#code');
      await door.page.keyboard.type(`${await shownToken(page)}\n`);
      await door.page.waitForSelector('.stepper');
      expect([...sins, ...door.sins]).toEqual([]);
    },
  );

  it('opens without a connection after a reload, and goes on making codes', async () => {
    await using phone = await openPage(browser, `${product.gateway.url}/card?lang=en`);
    const { page } = phone;
    await page.waitForSelector('#code');
    await add(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      const cache = await caches.open('card');
      while ((await cache.match('/card')) === undefined) await new Promise((done) => setTimeout(done, 20));
      while ((await cache.keys()).length < 4) await new Promise((done) => setTimeout(done, 20));
    });
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForSelector('.qr');
    expect(await shownToken(page)).toMatch(/^K:[0-9A-Z $%*+\-./:]{116}$/);
    await picture(page, 'card-offline');
    await expectAccessible(page);
  });

  it('makes its key with ES256 where the browser has no Ed25519, and the private half cannot be read', async () => {
    await using phone = await openPage(browser, `${product.gateway.url}/card?lang=en`);
    const { page } = phone;
    await page.waitForSelector('#code');
    await page.evaluate(() => {
      const original = crypto.subtle.generateKey.bind(crypto.subtle) as (
        ...args: unknown[]
      ) => Promise<unknown>;
      (crypto.subtle as { generateKey: unknown }).generateKey = (
        how: { name: string },
        ...rest: unknown[]
      ) => (how.name === 'Ed25519' ? Promise.reject(new Error('not supported')) : original(how, ...rest));
    });
    await add(page);
    const kept = await page.evaluate(
      () =>
        new Promise<{ algorithm: string; extractable: boolean }>((resolve) => {
          const opening = indexedDB.open('culture-card', 1);
          opening.addEventListener('success', () => {
            const asked = opening.result.transaction('card').objectStore('card').get('mine');
            asked.addEventListener('success', () => {
              const { keys } = asked.result as { keys: { algorithm: string; privateKey: CryptoKey } };
              opening.result.close();
              resolve({ algorithm: keys.algorithm, extractable: keys.privateKey.extractable });
            });
          });
        }),
    );
    expect(kept).toEqual({ algorithm: 'ES256', extractable: false });
    expect(await present(await shownToken(page))).toBe('Presentation');
  });

  it('takes itself off the card, and its codes are no longer taken', async () => {
    await using phone = await openPage(browser, `${product.gateway.url}/card?lang=en`);
    const { page } = phone;
    await page.waitForSelector('#code');
    await add(page);
    const token = await shownToken(page);
    await page.click('button:text-is("Remove the card from this phone")');
    await picture(page, 'card-remove');
    await expectAccessible(page);
    await page.click('button:text-is("Remove")');
    await page.waitForSelector('#code');
    expect(await present(token)).toBe('CARD_UNKNOWN');
    await page.reload();
    await page.waitForSelector('#code');
  });

  it('says in words that a code does not work, and that there is no connection', async () => {
    await using phone = await openPage(browser, `${product.gateway.url}/card?lang=en`);
    const { page } = phone;
    await page.waitForSelector('#code');
    await page.fill('#code', 'ZZZZ-ZZZZ-ZZ');
    await page.click('button[type=submit]');
    await page.waitForSelector('.problem:has-text("does not work")');
    await expectAccessible(page);
    await picture(page, 'card-refused');
    await page.context().setOffline(true);
    await page.click('button[type=submit]');
    await page.waitForSelector('.problem:has-text("cannot be reached")');
  });

  const present = async (code: string): Promise<unknown> => {
    const response = await fetch(`${product.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-dev-viewer': JSON.stringify({ role: 'VENUE_STAFF', venueId: 'venue-x' }),
      },
      body: JSON.stringify({
        query:
          'mutation ($input: PresentCardInput!) { presentCard(input: $input) { __typename ... on PresentationRefusal { code } } }',
        variables: { input: { code, venueId: 'venue-x' } },
      }),
    });
    const { data } = (await response.json()) as {
      data: { presentCard: { __typename: string; code?: string } };
    };
    return data.presentCard.code ?? data.presentCard.__typename;
  };
});

/** Reads the QR code out of the path that draws it, with the reader that the door page has. */
async function readQr(drawn: string, size: number): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const { createRequire } = await import('node:module');
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  await prepareZXingModule({
    overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer },
    fireImmediately: true,
  });
  const scale = 6;
  const side = size * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of drawn.matchAll(/M(\d+) (\d+)h1/g)) {
    for (let dy = 0; dy < scale; dy++) {
      for (let dx = 0; dx < scale; dx++) {
        const at = ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4;
        data.fill(0, at, at + 3);
      }
    }
  }
  const image = { data, width: side, height: side, colorSpace: 'srgb' } as unknown as ImageData;
  const [found] = await readBarcodes(image, { formats: ['QRCode'] });
  if (!found) throw new Error('The page draws no QR code that can be read.');
  return found.text;
}
