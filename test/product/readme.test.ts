import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../gateway/product.ts';
import { packageRoot } from '../../subgraphs/platform/assets.ts';
import { httpClient } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { startTestProduct } from '../support/product.ts';

const read = (file: string): string => readFileSync(path.join(packageRoot(), file), 'utf8');
const readme = read('README.md');
const partnerQuery = read('clients/partner/published-offerings.graphql');

interface Page {
  readonly offerings: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly { readonly id: string; readonly demo: boolean }[];
  };
}

describe('the README', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startTestProduct(await engines[0]!.location());
  });
  afterAll(() => product.close());

  const blocks = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(([, block = '']) => block);

  it.each(blocks)('its query %# is answered without an error', async (query) => {
    const answer = await httpClient(product.gateway.url)(query);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toBeTruthy();
  });

  it('shows the query for partner apps as it is, and a partner pages through every offering with it', async () => {
    expect(blocks).toContain(partnerQuery);
    const ask = httpClient(product.gateway.url);
    const ids = new Set<string>();
    let after: string | null = null;
    let page: Page['offerings'];
    do {
      const answer: { data?: Page | null } = await ask<Page>(partnerQuery, { after });
      page = answer.data!.offerings;
      for (const { id } of page.nodes) ids.add(id);
      after = page.pageInfo.endCursor;
    } while (page.pageInfo.hasNextPage);
    expect(ids.size).toBe(page.totalCount);
    expect(ids.size).toBeGreaterThan(150);
  });

  it('names every npm script that there is, and none that there is not', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = new Set([...readme.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name));
    const internal = ['check:types', 'check:lint', 'check:format'];
    const forPeople = Object.keys(scripts).filter((name) => !internal.includes(name));
    expect(named).toEqual(new Set(forPeople));
  });
});
