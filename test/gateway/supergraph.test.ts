import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { supergraphOf } from '../../gateway/supergraph/committed.ts';
import { compose, CompositionError, subgraphSdl } from '../../gateway/supergraph/compose.ts';
import { greenhouse } from './support/toys.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

describe('composition', () => {
  test('does not depend on the order of the subgraphs', () => {
    const parts = greenhouse().subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) }));
    expect(compose(parts.toReversed())).toBe(compose(parts));
  });

  test('says every problem in a line of its own, with its code', () => {
    const problem = problemOf(() =>
      compose([
        {
          name: 'one',
          sdl: `${link} type Query { a: A } type A @key(fields: "id") { id: ID! x: String y: Int }`,
        },
        { name: 'two', sdl: `${link} type A @key(fields: "id") { id: ID! x: Int y: Int }` },
      ]),
    );
    const codes = problem.problems.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['FIELD_TYPE_MISMATCH', 'INVALID_FIELD_SHARING']));
    expect(problem.message).toMatch(/^ {2}FIELD_TYPE_MISMATCH: .*"A\.x"/m);
  });
});

function problemOf(action: () => unknown): CompositionError {
  try {
    action();
  } catch (error) {
    if (error instanceof CompositionError) return error;
    throw error;
  }
  throw new Error('The subgraphs fit together.');
}

describe('the committed supergraph', () => {
  function folderWith(supergraph: string, changed: string): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'schema-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const { name, schema } of greenhouse().subgraphs) {
      const sdl = name === changed ? 'type Query { other: Int }' : subgraphSdl(schema);
      writeFileSync(path.join(folder, `${name}.graphql`), `${sdl}\n`);
    }
    writeFileSync(path.join(folder, 'supergraph.graphql'), supergraph);
    return folder;
  }

  test('is used while the subgraphs are the committed ones', async () => {
    const { subgraphs } = greenhouse();
    expect(await supergraphOf(subgraphs, folderWith('# committed', 'none'))).toBe('# committed');
  });

  test('is composed anew when a subgraph differs, or when nothing is committed', async () => {
    const { subgraphs, supergraphSdl } = greenhouse();
    expect(await supergraphOf(subgraphs, folderWith('# committed', 'rooms'))).toBe(supergraphSdl);
    expect(await supergraphOf(subgraphs, '/nonexistent')).toBe(supergraphSdl);
    expect(await supergraphOf(subgraphs)).toBe(supergraphSdl);
  });
});
