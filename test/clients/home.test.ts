import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  axeFindings,
  expectAccessible,
  hasChromium,
  launch,
  openPage,
  scrollsSideways,
} from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import type { MockGateway } from './support/mock-gateway.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { MockWorld } from './support/mock-world.ts';

describe.skipIf(!hasChromium)('the home page', () => {
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

  test('leads to the door and to the display of every venue', async () => {
    await using home = await openPage(browser, `${gateway.url}/`);
    const { page, sins } = home;
    await page.waitForSelector('.display-links li');
    await expect
      .poll(() => page.getAttribute('.display-links a', 'href'))
      .toBe('/display/kuopion-musiikkikeskus');
    await page.waitForSelector('code:text-is("K7M4-TC9P-2HXR")');
    await expectAccessible(page);
    await page.click('a[href="/door"]');
    await page.waitForSelector('h1:text-is("Valitse kohde")');
    expect(sins).toEqual([]);
  });

  test('hides the made-up cards and the query editor where the server has none', async () => {
    gateway.faults.demoCards = false;
    await using home = await openPage(browser, `${gateway.url}/`);
    await home.page.waitForSelector('.display-links li');
    await expect.poll(() => home.page.locator('#cards-heading, #graph-heading').count()).toBe(0);
  });

  test.each([
    ['fi-FI', 'Kulttuurikortti'],
    ['sv-FI', 'Kulturkortet'],
    ['en-GB', 'Culture card'],
  ])('speaks the language of the browser: %s', async (locale, heading) => {
    await using home = await openPage(browser, `${gateway.url}/`, {
      locale,
      viewport: { width: 320, height: 640 },
    });
    const { page } = home;
    await page.waitForSelector(`h1:text-is("${heading}")`);
    await expect.poll(() => page.getAttribute('html', 'lang')).toBe(locale.slice(0, 2));
    await expect.poll(() => page.title()).toBe(heading);
    expect(await scrollsSideways(page)).toBe(false);
    await expectAccessible(page);
  });

  test('the checks can fail: a removed label, a weak colour, an inline style and a foreign picture are all noticed', async () => {
    await using home = await openPage(browser, `${gateway.url}/`);
    const { page, sins } = home;
    await page.waitForSelector('.display-links li');
    await page.evaluate(() => {
      document.querySelector('label')?.remove();
      const weak = document.querySelector<HTMLElement>('h1');
      if (weak) weak.style.color = '#cccccc';
      document.body.insertAdjacentHTML(
        'beforeend',
        '<p style="color: red">inline</p><img alt="" src="http://example.invalid/a.png">',
      );
    });
    await page.waitForTimeout(300);
    const findings = (await axeFindings(page)).join('\n');
    expect(findings).toMatch(/^label:/m);
    expect(findings).toMatch(/^color-contrast:/m);
    expect(sins.join('\n')).toMatch(/style-src/);
    expect(sins.join('\n')).toMatch(/img-src|foreign request/);
  });
});
