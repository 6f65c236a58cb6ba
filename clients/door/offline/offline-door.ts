import type { Answer } from '../../shared/graphql/ask.ts';
import type { OneValue } from '../../shared/one-value.ts';
import type { OfflineRefused, OfflineSlice } from '../../shared/operations/offline-door.ts';
import { newRequestId } from '../request-id.ts';
import { admit, seePhone, type AdmitRefusal, type PhoneRefusal, type SeenPhone, type Wish } from './admit.ts';
import { conflictsIn, openBook, unsentUses, withoutUse, type OfflineBook } from './book.ts';
import { deviceId, type KeptPhones } from './device.ts';
import { doorRules } from './door-rules.ts';
import { forgetBook, keepBook, keptBook, keptBooks, type Shelf } from './kept-book.ts';
import { areBelieved, learnPhones, type KnownPhones } from './known-phones.ts';
import type { OfflineServer } from './server.ts';
import { uploadUses, type UploadEnd } from './upload.ts';

export interface OfflineDoorParts {
  readonly venueId: string;
  readonly server: OfflineServer;
  readonly shelf: Shelf;
  readonly phones: Pick<OneValue<KeptPhones>, 'load' | 'save'>;
  /** Hears of everything that a screen may show. */
  readonly changed: () => void;
  /** This device's clock. */
  readonly clock?: () => number;
}

/** Why no places are kept: the server's words, or one of ours. */
export type NotKept =
  OfflineRefused | { readonly code: 'UNREACHABLE' | 'NO_STORAGE' } | { readonly error: string };

/** Phones are asked for again after so long, while there is a network. */
const phonesFreshMs = 10 * 60_000;

/** One venue's door without a network: its books, the phones that it knows, and what has still to be uploaded. */
export class OfflineDoor {
  /** How the last upload that had somebody to upload ended. */
  uploadEnd: UploadEnd = 'ALL';
  known: KnownPhones | null = null;
  private ahead = 0;
  private readonly parts: OfflineDoorParts;
  private readonly clock: () => number;
  private opening: Promise<void> | null = null;
  private syncing: Promise<void> | null = null;
  private reserving: {
    readonly performanceId: string;
    readonly places: number;
    readonly requestId: string;
  } | null = null;

  constructor(parts: OfflineDoorParts) {
    this.parts = parts;
    this.clock = parts.clock ?? Date.now;
  }

  /** Reads what the device kept of the phones, once. */
  open(): Promise<void> {
    this.opening ??= this.readPhones();
    return this.opening;
  }

  private async readPhones(): Promise<void> {
    const kept = await this.parts.phones.load().catch(() => null);
    if (kept?.venueId !== this.parts.venueId) return;
    this.known = kept.known;
    this.ahead = kept.ahead;
    this.parts.changed();
  }

  /** The server's clock as this device knows it, in milliseconds since 1970. */
  now(): number {
    return this.clock() + this.ahead;
  }

  books(): readonly OfflineBook[] {
    return keptBooks(this.parts.shelf, this.parts.venueId);
  }

  /** The book of a slice of this performance that is not over. Null: there is none. */
  bookFor(performanceId: string | null, books = this.books()): OfflineBook | null {
    return this.openBooks(books).find(({ slice }) => slice.performanceId === performanceId) ?? null;
  }

  /** The book of the slice that was opened last and is not over: what this device is there for. */
  newestOpen(): OfflineBook | null {
    return this.openBooks(this.books())[0] ?? null;
  }

  private openBooks(books: readonly OfflineBook[]): readonly OfflineBook[] {
    const now = this.now();
    return books.filter(({ slice }) => now < Date.parse(slice.expiresAt));
  }

  unsent(books = this.books()): number {
    return books.reduce((sum, book) => sum + unsentUses(book).length, 0);
  }

  knowsPhones(): boolean {
    return this.known !== null && areBelieved(this.known, this.now());
  }

  /** Keeps free places for this device, and learns the phones. Null: they are kept. */
  async reserve(performanceId: string, places: number): Promise<NotKept | null> {
    const device = deviceId(this.parts.shelf);
    if (device === null) return { code: 'NO_STORAGE' };
    await this.open();
    const former = this.reserving;
    const isSame = former?.performanceId === performanceId && former.places === places;
    // An answer that was lost is asked for again with the same key.
    const wish = isSame ? former : { performanceId, places, requestId: newRequestId() };
    this.reserving = wish;
    const answer = await this.parts.server.reserve({ ...wish, deviceId: device });
    this.hear(answer);
    if (answer.kind === 'unreachable') return { code: 'UNREACHABLE' };
    this.reserving = null;
    if (answer.kind === 'error') return { error: answer.code };
    if (answer.data.__typename === 'RedemptionRefusal')
      return this.refusedSlice(answer.data, performanceId, places);
    return this.keepSlice(answer.data, performanceId);
  }

  /** A slice of this device of which it knows nothing: nobody came in by it, so it goes back and a new one is asked for. */
  private async refusedSlice(
    refused: OfflineRefused,
    performanceId: string,
    places: number,
  ): Promise<NotKept | null> {
    const lost = refused.facts.find(({ name }) => name === 'sliceId')?.value;
    if (refused.code !== 'SLICE_OPEN_ALREADY' || lost === undefined) return refused;
    if (keptBook(this.parts.shelf, lost)) return refused;
    const returned = await this.parts.server.giveBack(lost);
    return returned.kind === 'data' ? this.reserve(performanceId, places) : refused;
  }

  private async keepSlice(slice: OfflineSlice, performanceId: string): Promise<NotKept | null> {
    const { id, places, openedAt, expiresAt, rules } = slice;
    const { venueId, shelf, server, changed } = this.parts;
    const book = openBook({ id, venueId, performanceId, places, openedAt, expiresAt }, doorRules(rules));
    if (!keepBook(shelf, book)) {
      await server.giveBack(id);
      return { code: 'NO_STORAGE' };
    }
    await this.learn();
    changed();
    return null;
  }

  /** Uploads, and gives back what is left. False: the network is away, or somebody is not uploaded yet. */
  async giveBack({ slice }: OfflineBook): Promise<boolean> {
    await this.sync();
    const book = keptBook(this.parts.shelf, slice.id);
    if (!book || unsentUses(book).length > 0) return false;
    const answer = await this.parts.server.giveBack(slice.id);
    if (answer.kind === 'unreachable') return false;
    const over = { ...book, slice: { ...slice, expiresAt: new Date(this.now()).toISOString() } };
    keepBook(this.parts.shelf, over);
    this.forgetQuiet(over);
    this.parts.changed();
    return true;
  }

  /** Whose phone this is; the network is not asked. */
  see(shown: string): Promise<SeenPhone | PhoneRefusal> {
    return seePhone(this.known, shown, this.now());
  }

  /** Lets guests in, and keeps that before anybody hears it. */
  admit(performanceId: string, wish: Wish): OfflineBook | AdmitRefusal | 'NO_STORAGE' {
    const book = this.bookFor(performanceId);
    if (!book) return 'SLICE_OVER';
    const after = admit(book, wish, this.now());
    if (typeof after === 'string') return after;
    if (!keepBook(this.parts.shelf, after)) return 'NO_STORAGE';
    this.parts.changed();
    return after;
  }

  /** Takes back who was let in by mistake, as long as nothing of it was sent. Null: it is too late here. */
  takeBack(requestId: string): OfflineBook | null {
    for (const book of this.books()) {
      const before = withoutUse(book, requestId);
      if (!before || !keepBook(this.parts.shelf, before)) continue;
      this.parts.changed();
      return before;
    }
    return null;
  }

  /** A book that is over, and whose conflicts somebody has seen. */
  forget(book: OfflineBook): void {
    forgetBook(this.parts.shelf, book, this.now());
    this.parts.changed();
  }

  /** Uploads whoever is not uploaded, and asks what became of the phones. One at a time. */
  sync(): Promise<void> {
    this.syncing ??= this.syncNow().finally(() => {
      this.syncing = null;
    });
    return this.syncing;
  }

  private async syncNow(): Promise<void> {
    await this.open();
    const { shelf, server, changed } = this.parts;
    for (const { slice } of this.books()) {
      const book = (): OfflineBook | null => keptBook(shelf, slice.id);
      const before = book();
      if (before && unsentUses(before).length > 0) {
        this.uploadEnd = await uploadUses({
          ...server,
          book: () => book() ?? before,
          keep: (kept) => {
            keepBook(shelf, kept);
            changed();
          },
        });
      }
      const after = book();
      if (after) this.forgetQuiet(after);
    }
    if (this.newestOpen() && !this.isFresh()) await this.learn();
    changed();
  }

  /** A book that is over; one with conflicts stays until somebody has seen them. */
  private forgetQuiet(book: OfflineBook): void {
    if (conflictsIn(book).length === 0) forgetBook(this.parts.shelf, book, this.now());
  }

  private isFresh(): boolean {
    return this.known !== null && this.now() - Date.parse(this.known.asOf) < phonesFreshMs;
  }

  /** What is not answered stays as it was: it is believed for half a day. */
  private async learn(): Promise<void> {
    const { venueId, server, phones } = this.parts;
    const answer = await server.phones(this.known?.asOf ?? null);
    this.hear(answer);
    if (answer.kind !== 'data') return;
    this.known = learnPhones(this.known, answer.data);
    await phones.save({ venueId, known: this.known, ahead: this.ahead }).catch(() => undefined);
  }

  private hear(answer: Answer<unknown>): void {
    if (answer.kind !== 'data' || !answer.serverTime) return;
    this.ahead = answer.serverTime.getTime() - this.clock();
  }
}
