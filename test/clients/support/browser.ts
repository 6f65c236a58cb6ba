import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Whether browser tests can run. Without Chromium they are skipped with a loud message; in CI they fail instead. */
export const hasChromium = ((): boolean => {
  if (existsSync(executablePath)) return true;
  const words = `No Chromium at ${executablePath}: the browser tests need it (apt-get install chromium, or set CHROMIUM_PATH).`;
  if (process.env['CI'] !== undefined) throw new Error(words);
  console.warn(`\n==== SKIPPED: ${words} ====\n`);
  return false;
})();

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export function launch(moreFlags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: [...flags, ...moreFlags],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Requests to another origin, CSP violations and errors of scripts. Must stay empty. */
  readonly sins: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** A page in a context of its own that writes down everything a page may never do. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    locale: 'fi-FI',
    timezoneId: 'Pacific/Auckland',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const sins: string[] = [];
  const host = new URL(url).host;
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) sins.push(`foreign request: ${request.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) sins.push(`foreign socket: ${socket.url()}`);
  });
  page.on('pageerror', (error) => sins.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) sins.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(
        `Content Security Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  await page.goto(url);
  return { page, sins, [Symbol.asyncDispose]: () => context.close() };
}

let axeSource: Promise<string> | undefined;

/** Ids and places of axe's findings against WCAG 2.0, 2.1 and 2.2, levels A and AA. Injected by evaluate: our policy refuses script tags. */
export async function axeFindings(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    const axe = (
      window as unknown as {
        axe: {
          run: (
            root: Document,
            options: unknown,
          ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      }
    ).axe;
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
}

/** Whether the page must be scrolled sideways. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
