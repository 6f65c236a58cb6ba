import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildForTest } from './support/built.ts';

const limitBytes = 60_000;
/** Our own aim, so that growth is noticed long before the limit. */
const aimBytes = 11_500;

describe('the built clients', () => {
  let built: Awaited<ReturnType<typeof buildForTest>>;
  beforeAll(async () => {
    built = await buildForTest();
  });
  afterAll(() => built?.remove());

  const page = (name: string) => readFile(join(built.directory, name, 'index.html'), 'utf8');
  const scriptOf = async (name: string) => {
    const address = /<script[^>]* src="([^"]+)"/.exec(await page(name))?.[1] ?? '';
    return readFile(join(built.directory, address), 'utf8');
  };

  test('the display is one classic script far below 60 kB gzipped', async () => {
    expect(await page('display')).not.toMatch(/type="module"|modulepreload/);
    const bytes = gzipSync(await scriptOf('display'), { level: 9 }).byteLength;
    expect(bytes).toBeLessThan(limitBytes);
    expect(bytes).toBeLessThan(aimBytes);
  });

  test('the display needs no syntax newer than 2015', async () => {
    expect(await scriptOf('display')).not.toMatch(/\basync\b|\bawait \b|\?\.[a-z(]|\?\?|\*\*/);
  });

  test.each(['home', 'door', 'card', 'display'])(
    'the page %s holds no script, style or address of another origin',
    async (name) => {
      const html = await page(name);
      expect(html).not.toMatch(/<style|style=|onload=|<script(?![^>]* src=)/);
      expect(html).not.toMatch(/(?:src|href)="(?!\/assets\/)/);
    },
  );

  test('no style sheet hides a file in itself: the policy refuses data addresses', async () => {
    const assets = join(built.directory, 'assets');
    const sheets = (await readdir(assets)).filter((file) => file.endsWith('.css'));
    const texts = await Promise.all(sheets.map((file) => readFile(join(assets, file), 'utf8')));
    expect(texts.join('\n')).not.toMatch(/url\("?data:/);
  });
});
