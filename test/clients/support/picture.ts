import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures to look at go: `SCREENSHOTS=<folder> npm test`. Undefined: none are made. */
export const pictures = process.env['SCREENSHOTS'];

/** A picture of the page; `fullPage`: also of what has to be scrolled to. */
export async function picture(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage });
}
