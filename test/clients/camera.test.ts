import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, hasChromium, launch, openPage } from './support/browser.ts';
import { buildForTest } from './support/built.ts';
import { filmOfCode } from './support/camera.ts';
import { startMockGateway } from './support/mock-gateway.ts';
import { cards, MockWorld } from './support/mock-world.ts';

describe.skipIf(!hasChromium)('the camera at the door', () => {
  let built: Awaited<ReturnType<typeof buildForTest>>;
  let films: string;
  beforeAll(async () => {
    built = await buildForTest();
    films = await mkdtemp(join(tmpdir(), 'culture-card-films-'));
  });
  afterAll(async () => {
    await built?.remove();
    await rm(films, { recursive: true, force: true });
  });

  test.each(['QRCode', 'Code39'] as const)(
    'reads a card printed as %s under the strict policy, with nothing from another origin',
    async (format) => {
      const film = join(films, `${format}.y4m`);
      await filmOfCode(film, cards.family, format);
      await using gateway = await startMockGateway(built.directory, new MockWorld());
      const browser = await launch([
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`,
      ]);
      try {
        await using door = await openPage(browser, `${gateway.url}/door`, { permissions: ['camera'] });
        const { page, sins } = door;
        await page.click('.venue-button');
        await page.click('button:text-is("Lue kameralla")');
        await page.waitForSelector('h3:text-is("Kortti on voimassa")', { timeout: 15_000 });
        await expect.poll(() => page.inputValue('#code')).toBe('K7M4-TC9P-2HXR');
        await expect.poll(() => page.locator('dialog').count()).toBe(0);
        expect(sins).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );

  test('a refused camera is told in words, and the code can be typed', async () => {
    await using gateway = await startMockGateway(built.directory, new MockWorld());
    const browser = await launch();
    try {
      await using door = await openPage(browser, `${gateway.url}/door`, { permissions: [] });
      const { page } = door;
      await page.click('.venue-button');
      await page.click('button:text-is("Lue kameralla")');
      await page.waitForSelector('dialog [role=status]:has-text("Kameraa ei voi käyttää")');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog', { state: 'detached' });
    } finally {
      await browser.close();
    }
  });
});
