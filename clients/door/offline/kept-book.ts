import { mayForget, type OfflineBook } from './book.ts';

const storageKey = 'door-offline-book';

/** Where a book stands while the page is closed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Keeps the book before the guest hears yes. False: the device could not, and nobody may be let in by it; what stood there
 * before stands there still.
 */
export function keepBook(shelf: Shelf, book: OfflineBook): boolean {
  try {
    shelf.setItem(storageKey, JSON.stringify(book));
    return true;
  } catch {
    return false;
  }
}

/** The book of this venue. Null: there is none, another venue's, or one that this page cannot read. */
export function keptBook(shelf: Shelf, venueId: string): OfflineBook | null {
  try {
    const book: unknown = JSON.parse(shelf.getItem(storageKey) ?? 'null');
    return isBook(book) && book.slice.venueId === venueId ? book : null;
  } catch {
    return null;
  }
}

/** Forgets a book that is over and uploaded. False: somebody in it is unsent, or its slice goes on, so it stays. */
export function forgetBook(shelf: Shelf, book: OfflineBook, now: number): boolean {
  if (!mayForget(book, now)) return false;
  try {
    shelf.removeItem(storageKey);
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
