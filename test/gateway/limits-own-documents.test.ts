import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getOperationAST, parse, validate, type DocumentNode } from 'graphql';
import { expect, test } from 'vitest';
import * as operations from '../../clients/shared/operations/all.ts';
import { loadSupergraph } from '../../gateway/execution/supergraph.ts';
import { createCostOf } from '../../gateway/limits/cost/cost-of.ts';
import { limits } from '../../gateway/limits/limits.ts';
import { operationRules } from '../../gateway/limits/rules.ts';
import { makeSnapshots } from '../../schema/snapshots.ts';
import { packageRoot } from '../../subgraphs/platform/assets.ts';

const sdl = makeSnapshots()['supergraph.graphql'] ?? '';
const { apiSchema, fullSchema } = loadSupergraph(sdl);
const costOf = createCostOf(sdl, apiSchema);

const read = (file: string): string => readFileSync(path.join(packageRoot(), file), 'utf8');
const inReadme = [...read('README.md').matchAll(/```graphql\n(.*?)```/gs)].map((found) => found[1] ?? '');

const own: [name: string, text: string][] = [
  ...Object.entries(operations).map(([name, { document }]): [string, string] => [name, document]),
  ['the query for partners', read('clients/partner/published-offerings.graphql')],
  ...inReadme.map((text, n): [string, string] => [`example ${n + 1} of the README`, text]),
];

function cost(document: DocumentNode): number {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('No operation.');
  return costOf(document, operation, {});
}

test.each(own)('%s is within every limit', (_name, text) => {
  const document = parse(text, { maxTokens: limits.tokens });
  expect(validate(apiSchema, document, operationRules(fullSchema, false))).toEqual([]);
  expect(cost(document)).toBeGreaterThan(0);
  expect(cost(document)).toBeLessThan(limits.cost);
});

test('the README has examples, and the screens have documents', () => {
  expect(inReadme.length).toBeGreaterThan(1);
  expect(Object.keys(operations).length).toBeGreaterThan(5);
});

test('pages of pages are too expensive, short ones are not', () => {
  const nested = (n: number) =>
    parse(`{ venues(first: ${n}) { nodes { id performances(first: ${n}) { nodes { id } } } } }`);
  expect(cost(nested(200))).toBeGreaterThan(200 * 200);
  expect(cost(nested(40))).toBeLessThan(limits.cost);
});

test('every connection says how long its pages are', () => {
  const connections = Object.values(apiSchema.getTypeMap()).filter(({ name }) => name.endsWith('Connection'));
  expect(connections.length).toBeGreaterThan(5);
  const fields = sdl.match(/\): \w+Connection\b.*/g) ?? [];
  expect(fields.length).toBeGreaterThan(10);
  for (const field of fields) expect(field).toContain('slicingArguments: ["first"]');
});
