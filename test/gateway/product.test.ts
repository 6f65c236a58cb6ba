import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { startProduct, type Product } from '../../gateway/product.ts';
import { summary } from '../../gateway/summary.ts';
import { subgraphNames } from '../../subgraphs/platform/names.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { engines } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';

const logger = createLogger('silent');
const counts = '{ municipalities { totalCount } venues { totalCount } partners { totalCount } }';

async function ask({ gateway }: Product, query: string): Promise<unknown> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe.each(engines)('the whole product on $name', ({ location }) => {
  async function settings(): Promise<Record<string, string>> {
    const place = await location();
    const where =
      place.engine === 'sqlite'
        ? { DATA_DIR: path.join(place.directory, 'not', 'yet', 'there') }
        : { DATABASE_URL: place.url };
    return { ...where, DEMO_SEASON: 'off' };
  }

  test('answers from all subgraphs, and starting it again on the same data changes nothing', async () => {
    const config = readConfig({ ...(await settings()), PORT: '0' });
    let first: unknown;
    {
      await using product = await startProduct({ config, logger });
      first = await ask(product, counts);
      expect(first).toMatchObject({ data: { municipalities: { totalCount: 121 } } });
      const joined = await ask(
        product,
        '{ venues(first: 3) { nodes { name { fi } municipality { name { fi } } } } }',
      );
      expect(joined).not.toHaveProperty('errors');
      expect(await summary(product.gateway.url, config)).toContain('121 municipalities');
    }
    await using again = await startProduct({ config, logger });
    expect(await ask(again, counts)).toEqual(first);
  });

  test('listens while it loads: /ready says what is awaited and operations are refused, until all is there', async () => {
    const port = String(await freePort());
    const config = readConfig({ ...(await settings()), PORT: port });
    const seen = new Set<string>();
    let loaded = false;
    const watching = (async () => {
      while (!loaded) {
        const ready = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
        if (ready) seen.add(`${ready.status} ${((await ready.json()) as { status: string }).status}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await using product = await startProduct({ config, logger });
    loaded = true;
    await watching;
    expect([...seen][0]).toBe('503 starting');
    expect((await fetch(`${product.gateway.url}/ready`)).status).toBe(200);
  });

  test('closes what it had opened when the port is taken', async () => {
    const where = await settings();
    await using running = await startProduct({ config: readConfig({ ...where, PORT: '0' }), logger });
    const { port } = new URL(running.gateway.url);
    const config = readConfig({ ...where, PORT: port });
    await expect(startProduct({ config, logger })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await ask(running, counts)).not.toHaveProperty('errors');
  });
});

test('what it says at the start names the database only where this process has one', async () => {
  const url = 'http://127.0.0.1:1';
  expect(await summary(url, readConfig({}))).toContain('SQLite in');
  const remotes = Object.fromEntries(
    subgraphNames.map((name) => [`${name.toUpperCase()}_URL`, 'http://127.0.0.1:4009/graphql']),
  );
  const said = await summary(url, readConfig(remotes));
  expect(said).toContain(`${subgraphNames.join(', ')} in other processes.`);
  expect(said).not.toMatch(/SQLite|PostgreSQL|season/);
});

test.each(['execution', 'subscriptions'])('gateway/%s knows no word of the domain', async (folder) => {
  const root = new URL(`../../gateway/${folder}/`, import.meta.url);
  const domain =
    /\b(cards?|holders?|issuers?|venues?|offerings?|redemptions?|municipalit(y|ies)|coordinators?|tickets?|capCounter)\b|subgraphs\//i;
  for (const file of await readdir(root)) {
    const text = await readFile(new URL(file, root), 'utf8');
    expect([file, domain.exec(text)?.[0]]).toEqual([file, undefined]);
  }
});
