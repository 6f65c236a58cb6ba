import { describe, expect, it } from 'vitest';
import { containing, fold, readPage, totalOf, type PageArgs } from '../../subgraphs/platform/pagination.ts';
import { engines } from '../support/databases.ts';
import { openNotes } from './support.ts';

describe.each(engines)('paging on $name', ({ location }) => {
  async function notes() {
    const db = await openNotes(await location());
    await db.write((trx) =>
      trx
        .insertInto('note')
        .values(
          Array.from({ length: 25 }, (_, n) => ({
            id: `id${String(n).padStart(2, '0')}`,
            name: `name ${n % 3}`,
            size: n,
          })),
        )
        .execute(),
    );
    const page = (args: PageArgs, minSize = 0) =>
      readPage(
        db.reader.selectFrom('note').select(['note.id', 'note.name']).where('note.size', '>=', minSize),
        {
          args,
          order: [
            { column: 'note.name', as: 'name', direction: 'desc' },
            { column: 'note.id', as: 'id', direction: 'asc' },
          ],
        },
      );
    return { db, page };
  }

  it('following the cursors gives every row once, in order, with the total on each page', async () => {
    const { db, page } = await notes();
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const one: Awaited<ReturnType<typeof page>> = await page({ first: 4, after });
      expect(await totalOf(one)).toBe(25);
      expect(one.hasPreviousPage).toBe(after !== null);
      seen.push(...one.items.map(({ name, id }) => `${name} ${id}`));
      if (!one.hasNextPage) break;
      after = one.cursors.at(-1) ?? null;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(seen[0]).toBe('name 2 id02');
    await db.close();
  });

  it('the total counts what the filter lets through', async () => {
    const { db, page } = await notes();
    expect(await totalOf(await page({ first: 0 }, 20))).toBe(5);
    expect((await page({ first: 200 }, 20)).items).toHaveLength(5);
    await db.close();
  });

  it.each<PageArgs>([
    { first: -1 },
    { first: 201 },
    { first: 1.5 },
    { after: 'not a cursor' },
    { after: Buffer.from('["only one"]').toString('base64url') },
    { after: Buffer.from('["name 1","id\\u0000"]').toString('base64url') },
    { after: Buffer.from('[1,"id01"]').toString('base64url') },
    { after: Buffer.from('[{"a":1},"x"]').toString('base64url') },
  ])('%j is refused with BAD_INPUT', async (args) => {
    const { db, page } = await notes();
    await expect(page(args)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await db.close();
  });
});

describe('search', () => {
  it('finds names whatever the case and the accents, and takes % and _ as letters', () => {
    expect(fold('Sara Hildénin TAIDEMUSEO')).toBe('sara hildenin taidemuseo');
    expect(fold('Å')).not.toBe(fold('A'));
    expect(containing('100 %_\\')).toBe('%100 \\%\\_\\\\%');
  });
});
