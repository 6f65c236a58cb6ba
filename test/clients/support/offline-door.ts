import { seePhone, type SeenPhone, type Wish } from '../../../clients/door/offline/admit.ts';
import { openBook, type OfflineBook } from '../../../clients/door/offline/book.ts';
import type { DoorRules } from '../../../clients/door/offline/door-rules.ts';
import type { Shelf } from '../../../clients/door/offline/kept-book.ts';
import type { TicketLine } from '../../../clients/shared/operations/redemptions.ts';
import { knowing, newPhone, shows, type TestPhone } from './offline-phones.ts';

export const now = Date.parse('2026-11-22T16:00:00.000Z');
export const hour = 3_600_000;
export const minute = 60_000;
export const holder: readonly TicketLine[] = [{ type: 'HOLDER', count: 1 }];
export const open: DoorRules = {
  isClosed: false,
  opensAt: null,
  closesAt: null,
  children: true,
  communityCards: true,
};

export function bookOf(places = 4, rules: Partial<DoorRules> = {}): OfflineBook {
  const slice = {
    id: 'slice-1',
    venueId: 'venue-1',
    performanceId: 'performance-1',
    places,
    openedAt: new Date(now - hour).toISOString(),
    expiresAt: new Date(now + 3 * hour).toISOString(),
  };
  return openBook(slice, { ...open, ...rules });
}

export async function seen(phone: TestPhone = newPhone(), at = now): Promise<SeenPhone> {
  const answer = await seePhone(knowing([phone], at), shows(phone, at), at);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

let requests = 0;
export async function wish(changes: Partial<Wish> = {}): Promise<Wish> {
  requests += 1;
  return {
    seen: changes.seen ?? (await seen()),
    lines: holder,
    requestId: `request-${requests}`,
    ...changes,
  };
}

/** The book after somebody came in; a test fails where the device said no. */
export function cameIn(answer: OfflineBook | string): OfflineBook {
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

/** A browser's storage, in memory. */
export function shelfOf(): Shelf & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get length() {
      return texts.size;
    },
    key: (at) => [...texts.keys()][at] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}
