import { describe, expect, test } from 'vitest';
import {
  markSent,
  openBook,
  unsentUses,
  withoutUse,
  type BookedUse,
  type OfflineBook,
} from '../../clients/door/offline/book.ts';
import { doorRules } from '../../clients/door/offline/door-rules.ts';
import {
  uploadUses,
  type Sent,
  type UploadEnd,
  type UploadPorts,
} from '../../clients/door/offline/upload.ts';
import type { UploadedUse } from '../../clients/shared/operations/offline-door.ts';
import type { TicketLine } from '../../clients/shared/operations/redemptions.ts';

const holder: readonly TicketLine[] = [{ type: 'HOLDER', count: 1 }];
const arrived = <Data>(data: Data): Sent<Data> => ({ kind: 'data', data });
const lost = { kind: 'unreachable' } as const;
const noWords = { fi: '', sv: '', en: '' };

describe('an upload of the guests whom a device let in', () => {
  const use = (number: number): BookedUse => ({
    requestId: `request-${number}`,
    keyId: `key-${number}`,
    shown: `K:${number}`,
    lines: holder,
    at: '2026-11-22T16:00:00.000Z',
    outcome: null,
  });
  const bookWith = (uses: number): OfflineBook => {
    const slice = {
      id: 'slice-1',
      venueId: 'venue-1',
      performanceId: 'performance-1',
      places: 200,
      openedAt: '2026-11-22T15:00:00.000Z',
      expiresAt: '2026-11-22T20:00:00.000Z',
    };
    return { ...openBook(slice, doorRules([])), uses: Array.from({ length: uses }, (_, at) => use(at)) };
  };
  const recorded = (requestId: string): UploadedUse => ({
    requestId,
    redemption: { id: `ticket-of-${requestId}` },
    conflict: null,
  });
  const refusal = (code: string) => ({ __typename: 'RedemptionRefusal' as const, code, message: noWords });
  /** Uploads this book with these answers: how it ended, and the book after it. */
  const upload = async (
    opened: OfflineBook,
    { keep, ...changes }: Partial<Omit<UploadPorts, 'book'>> = {},
  ): Promise<{ readonly end: UploadEnd; readonly book: OfflineBook }> => {
    let book = opened;
    const end = await uploadUses({
      book: () => book,
      present: (seen) => Promise.resolve(arrived(seen.map(({ code }) => ({ token: code })))),
      upload: (_slice, entries) =>
        Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId)))),
      keep: (kept) => {
        book = kept;
        keep?.(kept);
      },
      ...changes,
    });
    return { end, book };
  };

  test('leaves out who was taken back while cards signed, and writes down who is sent before it sends', async () => {
    let book = bookWith(3);
    const sent: string[][] = [];
    const end = await uploadUses({
      book: () => book,
      present: (seen) => {
        book = withoutUse(book, 'request-1') ?? book;
        return Promise.resolve(arrived(seen.map(({ code }) => ({ token: code }))));
      },
      upload: (_slice, entries) => {
        sent.push(entries.map(({ requestId }) => requestId));
        expect(entries.map(({ requestId }) => withoutUse(book, requestId))).toEqual([null, null]);
        return Promise.resolve(lost);
      },
      keep: (kept) => {
        book = kept;
      },
    });
    expect([end, sent]).toEqual(['LATER', [['request-0', 'request-2']]]);
    expect(unsentUses(book).map(({ requestId }) => requestId)).toEqual(['request-0', 'request-2']);
  });

  test('goes in parts of 50, in the order in which they came in, and each part is kept before the next', async () => {
    const steps: string[] = [];
    const { end } = await upload(bookWith(101), {
      upload: (_slice, entries) => {
        steps.push(`${entries[0]?.requestId} +${entries.length}`);
        return Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId))));
      },
      keep: (book) => {
        const unsent = unsentUses(book);
        steps.push(`kept ${unsent.length}, ${unsent.filter(({ sent }) => sent).length} of them sent`);
      },
    });
    expect(end).toBe('ALL');
    expect(steps).toEqual([
      'kept 101, 50 of them sent',
      'request-0 +50',
      'kept 51, 0 of them sent',
      'kept 51, 50 of them sent',
      'request-50 +50',
      'kept 1, 0 of them sent',
      'kept 1, 1 of them sent',
      'request-100 +1',
      'kept 0, 0 of them sent',
    ]);
  });

  test('a part fits the body that the gateway takes, with the longest tokens and all lines', async () => {
    const sizes: number[] = [];
    const types = ['HOLDER', 'CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] as const;
    const lines = types.map((type) => ({ type, count: 50 }));
    const book = bookWith(120);
    const uses = book.uses.map((one, at) => ({ ...one, lines, requestId: `${at}`.padStart(100, 'r') }));
    await upload(
      { ...book, uses },
      {
        present: (seen) => Promise.resolve(arrived(seen.map(() => ({ token: 't'.repeat(1_000) })))),
        upload: (sliceId, entries) => {
          sizes.push(JSON.stringify({ variables: { input: { sliceId, entries } } }).length);
          return Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId))));
        },
      },
    );
    expect(Math.max(...sizes)).toBeLessThan(90_000);
  });

  test('without anybody to upload nothing is asked', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await upload(bookWith(0), { present: never, upload: never })).toMatchObject({ end: 'ALL' });
  });

  test('stops where the network goes, forgets nobody, and says what was an error', async () => {
    const book = bookWith(3);
    const sent = markSent(book, new Set(['request-0', 'request-1', 'request-2']));
    expect(await upload(book, { present: () => Promise.resolve(lost) })).toEqual({ book, end: 'LATER' });
    expect(await upload(book, { upload: () => Promise.resolve(lost) })).toEqual({ book: sent, end: 'LATER' });
    const forbidden = { kind: 'error', code: 'FORBIDDEN' } as const;
    const refused = await upload(book, { upload: () => Promise.resolve(forbidden) });
    expect(refused).toEqual({ book: sent, end: { error: 'FORBIDDEN' } });
  });

  test('a key that is only on its way ends it for now: that guest stays unsent', async () => {
    const onItsWay: UploadedUse = {
      requestId: 'request-1',
      redemption: null,
      conflict: {
        ...refusal('PRESENTATION_INVALID'),
        facts: [{ name: 'reason', value: 'KEY_UNKNOWN' }],
      },
    };
    const { book, end } = await upload(bookWith(2), {
      upload: () => Promise.resolve(arrived([recorded('request-0'), onItsWay])),
    });
    expect([end, unsentUses(book).map(({ requestId }) => requestId)]).toEqual(['LATER', ['request-1']]);
  });

  test('what cards refuses for a while only is asked again later, and makes no conflict', async () => {
    const refused = { code: 'TOO_MANY_MISSES', message: noWords };
    const sent: string[] = [];
    const { book, end } = await upload(bookWith(2), {
      present: (seen) =>
        Promise.resolve(arrived(seen.map(({ code }) => (code === 'K:1' ? { refused } : { token: code })))),
      upload: (_slice, entries) => {
        sent.push(...entries.map(({ requestId }) => requestId));
        return Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId))));
      },
    });
    expect([end, sent, unsentUses(book).map(({ requestId }) => requestId)]).toEqual([
      'LATER',
      ['request-0'],
      ['request-1'],
    ]);
  });

  test('who comes in while an answer is awaited is neither lost nor sent twice', async () => {
    let book = bookWith(1);
    const sent: string[] = [];
    const end = await uploadUses({
      book: () => book,
      present: (seen) => Promise.resolve(arrived(seen.map(({ code }) => ({ token: code })))),
      upload: (_slice, entries) => {
        sent.push(...entries.map(({ requestId }) => requestId));
        if (book.uses.length === 1) book = { ...book, uses: [...book.uses, use(7)] };
        return Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId))));
      },
      keep: (kept) => {
        book = kept;
      },
    });
    expect([end, sent]).toEqual(['ALL', ['request-0', 'request-7']]);
    expect(unsentUses(book)).toEqual([]);
  });

  test('a guest for whom cards signs nothing is uploaded all the same, with the words of cards', async () => {
    const suspended = { code: 'CARD_SUSPENDED', message: noWords };
    const sent: string[] = [];
    const { book } = await upload(bookWith(1), {
      present: () => Promise.resolve(arrived([{ refused: suspended }])),
      upload: (_slice, entries) => {
        sent.push(...entries.map(({ presentation }) => presentation));
        const conflict = { ...refusal('PRESENTATION_INVALID'), facts: [] };
        return Promise.resolve(arrived([{ requestId: 'request-0', redemption: null, conflict }]));
      },
    });
    expect(sent).toEqual(['']);
    expect(book.uses[0]).toMatchObject({ shown: null, outcome: { kind: 'conflict', conflict: suspended } });
  });
});
