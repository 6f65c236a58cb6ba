import type { Page } from 'playwright-core';

/** Types like a USB scanner: wherever the focus is, and Enter at the end. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

/** A person's Enter: later than a scanner's second one. */
export async function deliberateEnter(page: Page): Promise<void> {
  await page.waitForTimeout(250);
  await page.keyboard.press('Enter');
}

export function focusedId(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id ?? '');
}

export function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}
