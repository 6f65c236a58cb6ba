import { mayForget, type OfflineBook } from './book.ts';

const prefix = 'door-offline-book:';

/** Where books stand while the page is closed, one under each slice's id. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Keeps the book before the guest hears yes. False: the device could not, and nobody may be let in by it; what stood there
 * before stands there still.
 */
export function keepBook(shelf: Shelf, book: OfflineBook): boolean {
  try {
    shelf.setItem(prefix + book.slice.id, JSON.stringify(book));
    return true;
  } catch {
    return false;
  }
}

/** The book of this slice, as it is kept now: another window of this page may have written in it. Null: there is none. */
export function keptBook(shelf: Shelf, sliceId: string): OfflineBook | null {
  try {
    const book: unknown = JSON.parse(shelf.getItem(prefix + sliceId) ?? 'null');
    return isBook(book) ? book : null;
  } catch {
    return null;
  }
}

/** The books of this venue that this page can read, those that were opened last first. */
export function keptBooks(shelf: Shelf, venueId: string): readonly OfflineBook[] {
  const books: OfflineBook[] = [];
  try {
    for (let at = 0; at < shelf.length; at++) {
      const key = shelf.key(at);
      const book = key?.startsWith(prefix) ? keptBook(shelf, key.slice(prefix.length)) : null;
      if (book?.slice.venueId === venueId) books.push(book);
    }
  } catch {
    // Storage is switched off: there are none.
  }
  return books.sort((a, b) => Date.parse(b.slice.openedAt) - Date.parse(a.slice.openedAt));
}

/** Forgets a book that is over and uploaded. False: somebody in it is unsent, or its slice goes on, so it stays. */
export function forgetBook(shelf: Shelf, book: OfflineBook, now: number): boolean {
  if (!mayForget(book, now)) return false;
  try {
    shelf.removeItem(prefix + book.slice.id);
    return true;
  } catch {
    return false;
  }
}

/** Only this page writes there, always whole: its version and its parts tell one of another build. */
function isBook(value: unknown): value is OfflineBook {
  const book = value as Partial<OfflineBook> | null;
  return (
    book?.version === 1 &&
    typeof book.slice?.id === 'string' &&
    typeof book.rules?.isClosed === 'boolean' &&
    Array.isArray(book.uses)
  );
}
