import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoCards, type DemoPurpose } from '../../subgraphs/cards/demo/demo-cards.ts';
import { axeFindings, hasChromium, launch, openPage } from '../clients/support/browser.ts';
// `SCREENSHOTS=test/product/screenshots npm test` makes the picture of the README anew.
import { picture, pictures } from '../clients/support/picture.ts';
import { engines } from '../support/databases.ts';
import { orchestra, startTestProduct } from '../support/product.ts';

const codeOf = (purpose: DemoPurpose): string => demoCards.find((card) => card.purpose === purpose)!.code;

describe.skipIf(!hasChromium)('the two screens on the real product, in a real browser', () => {
  it('a redemption at the door page lowers the number on the display, and undoing raises it', async () => {
    await using product = await startTestProduct(await engines[0]!.location());
    const browser = await launch();
    await using display = await openPage(
      browser,
      `${product.gateway.url}/display/${orchestra.slug}?lang=en`,
      {
        viewport: { width: 1280, height: 960 },
      },
    );
    await using door = await openPage(browser, `${product.gateway.url}/door`, {
      locale: 'en-GB',
      viewport: { width: 900, height: 960 },
    });
    const free = (): Promise<string> => display.page.innerText('.hero .number');
    await display.page.waitForSelector('.hero .number');
    expect(await free()).toBe('20');

    await door.page.fill('#venue-search', 'Kuopion kaupunginorkesteri');
    await door.page.getByText('1 venue', { exact: true }).waitFor();
    await door.page.click('.venue-button');
    await door.page.waitForSelector('.places-number');
    await door.page.keyboard.type(`${codeOf('VALID_WITH_TWO_CHILDREN')}\n`);
    await door.page.waitForSelector('.stepper');
    await expect.poll(() => door.page.innerText('main')).toMatch(/2 children/i);
    await addChildren(door.page, 2);
    await picture(door.page, 'door-valid', { fullPage: false });
    await door.page
      .getByRole('button', { name: /record|redeem|give/i })
      .first()
      .click();
    await door.page.waitForSelector('.recorded-lines');
    await display.page.waitForFunction(() => document.querySelector('.hero .number')?.textContent === '17');
    expect(await axeFindings(door.page)).toEqual([]);
    expect(await axeFindings(display.page)).toEqual([]);
    await sideBySide(door.page, display.page);

    await door.page.getByRole('button', { name: /undo/i }).click();
    await display.page.waitForFunction(() => document.querySelector('.hero .number')?.textContent === '20');

    await door.page.keyboard.type(`${codeOf('EXPIRED')}\n`);
    await door.page.waitForSelector('.refusal');
    await expect.poll(() => door.page.innerText('.refusal')).toMatch(/was valid until/);
    expect([...display.sins, ...door.sins]).toEqual([]);
    await browser.close();
  }, 60_000);
});

async function addChildren(page: Page, count: number): Promise<void> {
  const more = page.locator('.stepper', { hasText: /child/i }).getByRole('button').last();
  for (let n = 0; n < count; n++) await more.click();
}

/** Both windows in one picture. */
async function sideBySide(...pages: readonly Page[]): Promise<void> {
  if (pictures === undefined) return;
  const shots = await Promise.all(pages.map((page) => page.screenshot()));
  const context = await pages[0]!
    .context()
    .browser()!
    .newContext({ viewport: { width: 1695, height: 760 } });
  const page = await context.newPage();
  const images = shots.map(
    (shot) => `<img src="data:image/png;base64,${shot.toString('base64')}" height="720">`,
  );
  await page.setContent(
    `<body style="margin:0;padding:20px;display:flex;gap:20px;background:#ccd">${images.join('')}`,
  );
  await picture(page, 'door-and-display', { fullPage: false });
  await context.close();
}
