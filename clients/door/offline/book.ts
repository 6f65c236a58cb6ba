import type { Text } from '../../shared/i18n/text.ts';
import type { TicketLine } from '../../shared/operations/redemptions.ts';
import type { DoorRules } from './door-rules.ts';

/** Places of the cap that this device gives away alone. */
export interface DeviceSlice {
  readonly id: string;
  readonly venueId: string;
  readonly performanceId: string;
  readonly places: number;
  /** ISO instants of the server's clock. */
  readonly openedAt: string;
  readonly expiresAt: string;
}

/** A conflict of an upload, or why cards gave no presentation for what was shown. */
export interface Conflict {
  readonly code: string;
  readonly message: Text;
}

export type Outcome =
  | { readonly kind: 'recorded'; readonly redemptionId: string }
  | { readonly kind: 'conflict'; readonly conflict: Conflict };

/** Guests who were let in with one card. */
export interface BookedUse {
  readonly requestId: string;
  readonly keyId: string;
  /** What the phone showed; null from the moment at which the server has answered. */
  readonly shown: string | null;
  readonly lines: readonly TicketLine[];
  readonly at: string;
  /** Null: not uploaded yet. */
  readonly outcome: Outcome | null;
  /** True: the server may have it, whatever became of the answer. */
  readonly sent?: boolean;
}

/** Everything that a door without a network remembers of one slice. A value: a change makes a new one. */
export interface OfflineBook {
  readonly version: 1;
  readonly slice: DeviceSlice;
  readonly rules: DoorRules;
  /** In the order in which they came in. */
  readonly uses: readonly BookedUse[];
}

export function openBook(slice: DeviceSlice, rules: DoorRules): OfflineBook {
  return { version: 1, slice, rules, uses: [] };
}

export function ticketsOf(lines: readonly TicketLine[]): number {
  return lines.reduce((sum, { count }) => sum + count, 0);
}

/** Tickets that take a place of the cap: assistants come in free. */
export function placesOf(lines: readonly TicketLine[]): number {
  return lines.reduce((sum, { type, count }) => (type === 'ASSISTANT' ? sum : sum + count), 0);
}

/** Places of the slice that this device has not given away. Never below zero, also when staff insisted on more. */
export function placesLeft({ slice, uses }: OfflineBook): number {
  return Math.max(0, slice.places - uses.reduce((sum, { lines }) => sum + placesOf(lines), 0));
}

export function unsentUses({ uses }: OfflineBook): readonly BookedUse[] {
  return uses.filter(({ outcome }) => outcome === null);
}

/** The book before these guests came in. Null: the server may know of them already, so it is too late here. */
export function withoutUse(book: OfflineBook, requestId: string): OfflineBook | null {
  const use = book.uses.find((each) => each.requestId === requestId);
  if (!use || use.outcome !== null || use.sent === true) return null;
  return { ...book, uses: book.uses.filter((each) => each !== use) };
}

/** Written down before these are sent. */
export function markSent(book: OfflineBook, requestIds: ReadonlySet<string>): OfflineBook {
  const uses = book.uses.map((use) => (requestIds.has(use.requestId) ? { ...use, sent: true } : use));
  return { ...book, uses };
}

export function conflictsIn({ uses }: OfflineBook): readonly BookedUse[] {
  return uses.filter(({ outcome }) => outcome?.kind === 'conflict');
}

/** Whether the device may forget it: its time is over, and everybody who came in has been uploaded. */
export function mayForget(book: OfflineBook, now: number): boolean {
  return now >= Date.parse(book.slice.expiresAt) && unsentUses(book).length === 0;
}
