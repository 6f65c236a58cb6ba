import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  connection,
  createBuilder,
  finishSchema,
  pageArgs,
  type BaseContext,
} from '../../subgraphs/platform/graphql/index.ts';
import { anonymous } from '../../subgraphs/platform/viewer.ts';

function toySchema() {
  const builder = createBuilder<BaseContext>();
  const Book = builder.objectRef<{ id: string; at: string }>('Book').implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      at: t.expose('at', { type: 'DateTime' }),
      title: t.field({ type: 'Text', resolve: () => ({ fi: 'Kirja', sv: null, en: 'Book' }) }),
    }),
  });
  builder.asEntity(Book, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }) => ({ id, at: '2026-11-22T10:00:00.000Z' }),
  });
  const Books = connection(builder, 'Book', Book);
  builder.queryFields((t) => ({
    books: t.field({
      type: Books,
      args: { ...pageArgs(t), since: t.arg({ type: 'DateTime' }), on: t.arg({ type: 'Date' }) },
      resolve: (_, { first, since }) => ({
        items: [{ id: `b${first}`, at: since ?? '2026-11-22T10:00:00.000Z' }],
        cursors: ['c'],
        totalCount: 1,
        hasNextPage: false,
        hasPreviousPage: false,
      }),
    }),
  }));
  return finishSchema(builder);
}

const contextValue: BaseContext = { viewer: anonymous, requestId: 'test' };
const ask = async (source: string) => graphql({ schema: toySchema(), source, contextValue });

describe('the shared GraphQL types', () => {
  it('print a federation subgraph with its keys and shareable value types', async () => {
    const answer = await ask('{ _service { sdl } }');
    const sdl = String((answer.data?.['_service'] as { sdl: string }).sdl);
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
    expect(sdl).toMatch(/type Book\s+@key\(fields: "id"\)/);
    expect(sdl).toMatch(/type Text\n(\s+@\w+.*\n)*\s+@shareable/);
    expect(sdl).toContain('first: Int = 50');
  });

  it('a text that is not translated falls back to Finnish and says so', async () => {
    const answer = await ask('{ books { nodes { title { sv pick(language: SV) { value language } } } } }');
    expect(answer).toEqual({
      data: { books: { nodes: [{ title: { sv: null, pick: { value: 'Kirja', language: 'FI' } } }] } },
    });
  });

  it('a connection gives edges, nodes, page info and the total', async () => {
    const answer = await ask(
      '{ books(since: "2026-11-22T12:00:00+02:00") { edges { cursor node { id at } } pageInfo { endCursor hasNextPage } totalCount } }',
    );
    expect(answer.data?.['books']).toEqual({
      edges: [{ cursor: 'c', node: { id: 'b50', at: '2026-11-22T10:00:00.000Z' } }],
      pageInfo: { endCursor: 'c', hasNextPage: false },
      totalCount: 1,
    });
  });

  it.each([
    'since: "yesterday"',
    'since: "2026-11-22T10:00:00"',
    'since: 5',
    'on: "2026-02-30"',
    'on: "22.11.2026"',
  ])('a time that is none is refused before anything runs: %s', async (argument) => {
    const answer = await ask(`{ books(${argument}) { totalCount } }`);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
  });
});
