import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { launch, openPage } from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { cards, MockWorld } from './support/mock-world.ts';

/** Folder for the pictures, for looking at: `SCREENSHOTS=<folder> npx vitest run test/clients/screenshots.test.ts`. */
const folder = process.env['SCREENSHOTS'] ?? '';

test('pictures of every screen', { timeout: 60_000 }, async () => {
  await mkdir(folder, { recursive: true });
  const built = await buildForTest();
  await using gateway = await startMockGateway(built.directory, new MockWorld());
  const browser = await launch();
  const open = (path: string, width: number, height: number) =>
    openPage(browser, `${gateway.url}${path}`, { viewport: { width, height } });
  for (const [name, width, height] of [
    ['lying', 1920, 1080],
    ['standing', 1080, 1920],
    ['phone', 360, 740],
  ] as const) {
    await using display = await open('/display/kuopion-musiikkikeskus', width, height);
    await display.page.waitForSelector('.hero .number');
    await display.page.screenshot({ path: join(folder, `display-${name}.png`) });
    await gateway.stop();
    await display.page.waitForSelector('.warning');
    await display.page.screenshot({ path: join(folder, `display-${name}-lost.png`) });
    await gateway.start();
  }
  for (const [name, width, height] of [
    ['desk', 1280, 800],
    ['phone', 360, 740],
  ] as const) {
    await using door = await open('/door', width, height);
    const { page } = door;
    const take = (state: string) => page.screenshot({ path: join(folder, `door-${name}-${state}.png`) });
    await page.waitForSelector('.venue-button');
    await take('venues');
    await page.click('.venue-button');
    await page.waitForSelector('.places-number');
    await take('ready');
    await page.keyboard.type(`${cards.family}\n`);
    await page.waitForSelector('.stepper');
    await take('valid');
    await page.waitForTimeout(300);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.recorded-lines');
    await take('recorded');
    await page.keyboard.type(`${cards.expired}\n`);
    await page.waitForSelector('.refusal');
    await take('refused');
  }
  await using home = await open('/', 1280, 800);
  await home.page.waitForSelector('code');
  await home.page.screenshot({ path: join(folder, 'home.png') });
  await browser.close();
  await built.remove();
});
