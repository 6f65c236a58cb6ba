import type { OfflineUse, UploadedUse } from '../../shared/operations/offline-door.ts';
import { markSent, unsentUses, type BookedUse, type Conflict, type OfflineBook } from './book.ts';

/** What became of one question: as `ask` answers. `unreachable`: nobody knows whether the server did it. */
export type Sent<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'unreachable' };

/** The token that cards sign for what a phone showed at that moment, or why they sign none. */
export type Given = { readonly token: string } | { readonly refused: Conflict };

/** What an upload needs from outside. */
export interface UploadPorts {
  /** The book as it is kept now: guests come in while an answer is awaited. */
  book(): OfflineBook;
  /**
   * `presentSeenOffline`, in the order given. Not `presentCard`: it takes a phone's half minute for over, and everybody would
   * become a conflict.
   */
  present(seen: readonly { readonly code: string; readonly at: string }[]): Promise<Sent<readonly Given[]>>;
  upload(sliceId: string, entries: readonly OfflineUse[]): Promise<Sent<readonly UploadedUse[]>>;
  /** Keeps the book before anything else is sent. */
  keep(book: OfflineBook): void;
}

/** ALL: everybody is uploaded. LATER: the network is away, or a key is only on its way. Else the code of an error. */
export type UploadEnd = 'ALL' | 'LATER' | { readonly error: string };

/** What cards say for a while only: a conflict is kept for good, so the device asks again instead. */
const passing: ReadonlySet<string> = new Set(['TOO_MANY_MISSES']);

/** Cards take 50; venues take 200, and the gateway a body of 100 kB: a token with its lines is about a thousand bytes at most. */
export const mostEntries = 50;

/**
 * Uploads everybody who came in, in the order in which they came, until all are answered or the network goes. Whatever is
 * lost on the way, the same request ids go again the next time, and the book knows who is answered.
 */
export async function uploadUses(ports: UploadPorts): Promise<UploadEnd> {
  for (;;) {
    const batch = unsentUses(ports.book()).slice(0, mostEntries);
    if (batch.length === 0) return 'ALL';
    const presented = await ports.present(batch.map(({ shown, at }) => ({ code: shown ?? '', at })));
    if (presented.kind !== 'data') return endOf(presented);
    const { entries, reasons } = entriesOf(batch, presented.data, unsentUses(ports.book()));
    if (entries.length === 0) return 'LATER';
    ports.keep(markSent(ports.book(), new Set(entries.map(({ requestId }) => requestId))));
    const answer = await ports.upload(ports.book().slice.id, entries);
    if (answer.kind !== 'data') return endOf(answer);
    ports.keep(settle(ports.book(), answer.data, reasons));
    const unsent = idsOf(unsentUses(ports.book()));
    // The server kept nothing of what is still unsent: asking at once would only ask in a circle.
    if (batch.some(({ requestId }) => unsent.has(requestId))) return 'LATER';
  }
}

/**
 * Guests without a token are uploaded too: they are inside, so the venue is told of them as a conflict, whose words are
 * those of cards. Whom cards refuse for a while only waits; who was taken back meanwhile is not `unsent` any more.
 */
function entriesOf(
  batch: readonly BookedUse[],
  presented: readonly Given[],
  unsent: readonly BookedUse[],
): { readonly entries: readonly OfflineUse[]; readonly reasons: ReadonlyMap<string, Conflict> } {
  const entries: OfflineUse[] = [];
  const reasons = new Map<string, Conflict>();
  const ids = idsOf(unsent);
  batch.forEach(({ requestId, lines, at }, place) => {
    const given = presented[place];
    if (!given || !ids.has(requestId)) return;
    if ('token' in given) entries.push({ requestId, presentation: given.token, lines, at });
    else if (!passing.has(given.refused.code)) {
      entries.push({ requestId, presentation: '', lines, at });
      reasons.set(requestId, given.refused);
    }
  });
  return { entries, reasons };
}

function idsOf(uses: readonly BookedUse[]): ReadonlySet<string> {
  return new Set(uses.map(({ requestId }) => requestId));
}

function endOf(answer: Exclude<Sent<unknown>, { kind: 'data' }>): UploadEnd {
  return answer.kind === 'error' ? { error: answer.code } : 'LATER';
}

/** Writes down what the server said; what a phone showed is forgotten with it. Answers of unknown uses change nothing. */
export function settle(
  book: OfflineBook,
  answers: readonly UploadedUse[],
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
function isKeyOnItsWay({ conflict }: UploadedUse): boolean {
  const reason = conflict?.facts.find(({ name }) => name === 'reason')?.value;
  return conflict?.code === 'PRESENTATION_INVALID' && reason === 'KEY_UNKNOWN';
}
