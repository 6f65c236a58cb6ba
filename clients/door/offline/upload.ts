import type { TicketLine } from '../../shared/operations/redemptions.ts';
import { unsentUses, type BookedUse, type Conflict, type OfflineBook } from './book.ts';

/** As `uploadRedemptions` takes it. */
export interface UploadEntry {
  readonly requestId: string;
  readonly presentation: string;
  readonly lines: readonly TicketLine[];
  readonly at: string;
}

/** As `uploadRedemptions` answers it. */
export interface UploadAnswer {
  readonly requestId: string;
  readonly redemption: { readonly id: string } | null;
  readonly conflict:
    (Conflict & { readonly facts: readonly { readonly name: string; readonly value: string }[] }) | null;
}

/** What became of one question: as `ask` answers. `unreachable`: nobody knows whether the server did it. */
export type Sent<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'unreachable' };

/** What an upload needs from outside. */
export interface UploadPorts {
  /**
   * The token that cards sign for what a phone showed at that moment, or why they sign none: `presentSeenOffline`. Not
   * `presentCard`: it takes a phone's half minute for over, and everybody would become a conflict.
   */
  present(
    shown: string,
    at: string,
  ): Promise<Sent<{ readonly token: string } | { readonly refused: Conflict }>>;
  upload(sliceId: string, entries: readonly UploadEntry[]): Promise<Sent<readonly UploadAnswer[]>>;
  /** Keeps the book before anything else is sent. */
  keep(book: OfflineBook): void;
}

/** ALL: everybody is uploaded. LATER: the network is away, or a key is only on its way. Else the code of an error. */
export type UploadEnd = 'ALL' | 'LATER' | { readonly error: string };

/** What cards say for a while only: a conflict is kept for good, so the device asks again instead. */
const passing: ReadonlySet<string> = new Set(['TOO_MANY_MISSES']);

/** The server takes 200, and the gateway a body of 100 kB: a token with its lines is about a thousand bytes at most. */
export const mostEntries = 50;

/**
 * Uploads everybody who came in, in the order in which they came, until all are answered or the network goes. Whatever is
 * lost on the way, the same request ids go again the next time, and the book knows who is answered.
 */
export async function uploadUses(
  opened: OfflineBook,
  ports: UploadPorts,
): Promise<{ readonly book: OfflineBook; readonly end: UploadEnd }> {
  let book = opened;
  for (;;) {
    const batch = unsentUses(book).slice(0, mostEntries);
    if (batch.length === 0) return { book, end: 'ALL' };
    const entries: UploadEntry[] = [];
    const reasons = new Map<string, Conflict>();
    for (const use of batch) {
      const answer = await ports.present(use.shown ?? '', use.at);
      if (answer.kind !== 'data') return { book, end: endOf(answer) };
      const given = answer.data;
      if ('refused' in given) {
        if (passing.has(given.refused.code)) return { book, end: 'LATER' };
        reasons.set(use.requestId, given.refused);
      }
      entries.push(entryOf(use, 'token' in given ? given.token : ''));
    }
    const answer = await ports.upload(book.slice.id, entries);
    if (answer.kind !== 'data') return { book, end: endOf(answer) };
    const before = unsentUses(book).length;
    book = settle(book, answer.data, reasons);
    ports.keep(book);
    // The server kept nothing of what is still unsent: asking at once would only ask in a circle.
    if (before - unsentUses(book).length < batch.length) return { book, end: 'LATER' };
  }
}

/**
 * Guests without a token are uploaded too: they are inside, so the venue is told of them as a conflict, whose words are
 * those of cards.
 */
function entryOf({ requestId, lines, at }: BookedUse, presentation: string): UploadEntry {
  return { requestId, presentation, lines, at };
}

function endOf(answer: Exclude<Sent<unknown>, { kind: 'data' }>): UploadEnd {
  return answer.kind === 'error' ? { error: answer.code } : 'LATER';
}

/** Writes down what the server said; what a phone showed is forgotten with it. Answers of unknown uses change nothing. */
export function settle(
  book: OfflineBook,
  answers: readonly UploadAnswer[],
  reasons: ReadonlyMap<string, Conflict> = new Map(),
): OfflineBook {
  const answered = new Map(answers.map((answer) => [answer.requestId, answer]));
  const uses = book.uses.map((use): BookedUse => {
    const answer = use.outcome === null ? answered.get(use.requestId) : undefined;
    if (!answer || isKeyOnItsWay(answer)) return use;
    const { redemption, conflict } = answer;
    if (redemption) {
      return { ...use, shown: null, outcome: { kind: 'recorded', redemptionId: redemption.id } };
    }
    if (!conflict) return use;
    const { code, message } = reasons.get(use.requestId) ?? conflict;
    return { ...use, shown: null, outcome: { kind: 'conflict', conflict: { code, message } } };
  });
  return { ...book, uses };
}

/** Venues does not know yet the key that cards signed with: nothing was kept, and the same entry is sent later. */
function isKeyOnItsWay({ conflict }: UploadAnswer): boolean {
  const reason = conflict?.facts.find(({ name }) => name === 'reason')?.value;
  return conflict?.code === 'PRESENTATION_INVALID' && reason === 'KEY_UNKNOWN';
}
