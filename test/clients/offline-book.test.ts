import { describe, expect, it } from 'vitest';
import { admit } from '../../clients/door/offline/admit.ts';
import { conflictsIn, mayForget, openBook } from '../../clients/door/offline/book.ts';
import {
  forgetBook,
  keepBook,
  keptBook,
  keptBooks,
  type Shelf,
} from '../../clients/door/offline/kept-book.ts';
import { settle } from '../../clients/door/offline/upload.ts';
import { bookOf, cameIn, hour, now, open, shelfOf, wish } from './support/offline-door.ts';

describe('the book of a door without a network', () => {
  const refusal = {
    __typename: 'RedemptionRefusal',
    code: 'ALREADY_SEEN',
    message: { fi: 'fi', sv: 'sv', en: 'en' },
  } as const;
  it('comes back whole after the page was closed, to its own venue alone', async () => {
    const book = cameIn(admit(bookOf(), await wish(), now));
    const shelf = shelfOf();
    expect(keepBook(shelf, book)).toBe(true);
    expect(keptBook(shelf, 'slice-1')).toEqual(book);
    expect(keptBooks(shelf, 'venue-1')).toEqual([book]);
    expect(keptBooks(shelf, 'venue-2')).toEqual([]);
    const [key = ''] = shelf.texts.keys();
    for (const text of ['', 'null', '7', '{"version":2}', '{"version":1}', '{']) {
      shelf.setItem(key, text);
      expect([keptBook(shelf, 'slice-1'), keptBooks(shelf, 'venue-1')]).toEqual([null, []]);
    }
  });

  it('stands beside the books of other slices: a second performance takes nobody from the first', async () => {
    const shelf = shelfOf();
    const first = cameIn(admit(bookOf(), await wish(), now));
    const { slice } = bookOf();
    const second = openBook({ ...slice, id: 'slice-2', openedAt: new Date(now).toISOString() }, open);
    for (const book of [first, second]) keepBook(shelf, book);
    shelf.setItem('door-venue', '{}');
    expect(keptBooks(shelf, 'venue-1')).toEqual([second, first]);
  });

  it('says so when the device has no room for it, and what stood there stays', async () => {
    const shelf = shelfOf();
    const book = cameIn(admit(bookOf(), await wish(), now));
    keepBook(shelf, book);
    const full: Shelf = {
      ...shelf,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(keepBook(full, bookOf())).toBe(false);
    expect(keptBook(full, 'slice-1')).toEqual(book);
  });

  it('forgets what a phone showed once it is answered, and itself only when it is over and everybody is', async () => {
    const [one, two] = [await wish(), await wish()];
    let book = cameIn(admit(cameIn(admit(bookOf(), one, now)), two, now));
    book = settle(book, [{ requestId: one.requestId, redemption: { id: 'ticket-1' }, conflict: null }]);
    expect(book.uses.map(({ shown }) => shown)).toEqual([null, two.seen.shown]);
    const late = now + 3 * hour;
    const shelf = shelfOf();
    keepBook(shelf, book);
    expect([mayForget(book, late), forgetBook(shelf, book, late)]).toEqual([false, false]);
    const conflict = { ...refusal, facts: [] };
    book = settle(book, [{ requestId: two.requestId, redemption: null, conflict }]);
    expect(conflictsIn(book)).toMatchObject([
      { requestId: two.requestId, outcome: { conflict: { code: 'ALREADY_SEEN' } } },
    ]);
    expect([mayForget(book, now), mayForget(book, late)]).toEqual([false, true]);
    expect([forgetBook(shelf, book, late), shelf.texts.size]).toEqual([true, 0]);
    expect(JSON.stringify(book)).not.toContain('K:');
  });

  it('an answer does not change what is answered, nor does one about somebody else', async () => {
    const one = await wish();
    const book = cameIn(admit(bookOf(), one, now));
    const recorded = { requestId: one.requestId, redemption: { id: 'ticket-1' }, conflict: null };
    const settled = settle(book, [recorded]);
    const conflict = { ...refusal, facts: [] };
    expect(settle(settled, [{ ...recorded, redemption: null, conflict }])).toEqual(settled);
    expect(settle(book, [{ ...recorded, requestId: 'another' }])).toEqual(book);
  });
});
