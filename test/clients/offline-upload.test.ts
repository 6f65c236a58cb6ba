import { describe, expect, test } from 'vitest';
import { openBook, unsentUses, type BookedUse, type OfflineBook } from '../../clients/door/offline/book.ts';
import { doorRules } from '../../clients/door/offline/door-rules.ts';
import {
  uploadUses,
  type Sent,
  type UploadAnswer,
  type UploadPorts,
} from '../../clients/door/offline/upload.ts';
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
  const recorded = (requestId: string): UploadAnswer => ({
    requestId,
    redemption: { id: `ticket-of-${requestId}` },
    conflict: null,
  });
  const ports = (changes: Partial<UploadPorts> = {}): UploadPorts => ({
    present: (shown) => Promise.resolve(arrived({ token: shown })),
    upload: (_slice, entries) =>
      Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId)))),
    keep: () => undefined,
    ...changes,
  });

  test('goes in parts of 50, in the order in which they came in, and each part is kept before the next', async () => {
    const steps: string[] = [];
    const { end } = await uploadUses(
      bookWith(101),
      ports({
        upload: (_slice, entries) => {
          steps.push(`${entries[0]?.requestId} +${entries.length}`);
          return Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId))));
        },
        keep: (book) => steps.push(`kept ${unsentUses(book).length}`),
      }),
    );
    expect(end).toBe('ALL');
    expect(steps).toEqual([
      'request-0 +50',
      'kept 51',
      'request-50 +50',
      'kept 1',
      'request-100 +1',
      'kept 0',
    ]);
  });

  test('a part fits the body that the gateway takes, with the longest tokens and all lines', async () => {
    const sizes: number[] = [];
    const types = ['HOLDER', 'CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] as const;
    const lines = types.map((type) => ({ type, count: 50 }));
    const book = bookWith(120);
    const uses = book.uses.map((one, at) => ({ ...one, lines, requestId: `${at}`.padStart(100, 'r') }));
    const upload: UploadPorts['upload'] = (sliceId, entries) => {
      sizes.push(JSON.stringify({ variables: { input: { sliceId, entries } } }).length);
      return Promise.resolve(arrived(entries.map(({ requestId }) => recorded(requestId))));
    };
    const present = () => Promise.resolve(arrived({ token: 't'.repeat(1_000) }));
    await uploadUses({ ...book, uses }, ports({ present, upload }));
    expect(Math.max(...sizes)).toBeLessThan(90_000);
  });

  test('without anybody to upload nothing is asked', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await uploadUses(bookWith(0), ports({ present: never, upload: never }))).toMatchObject({
      end: 'ALL',
    });
  });

  test('stops where the network goes, forgets nobody, and says what was an error', async () => {
    const book = bookWith(3);
    for (const changes of [
      { upload: () => Promise.resolve(lost) },
      { present: () => Promise.resolve(lost) },
    ]) {
      expect(await uploadUses(book, ports(changes))).toEqual({ book, end: 'LATER' });
    }
    const forbidden = { kind: 'error', code: 'FORBIDDEN' } as const;
    const refused = await uploadUses(book, ports({ upload: () => Promise.resolve(forbidden) }));
    expect(refused).toEqual({ book, end: { error: 'FORBIDDEN' } });
  });

  test('a key that is only on its way ends it for now: that guest stays unsent', async () => {
    const onItsWay: UploadAnswer = {
      requestId: 'request-1',
      redemption: null,
      conflict: {
        code: 'PRESENTATION_INVALID',
        message: noWords,
        facts: [{ name: 'reason', value: 'KEY_UNKNOWN' }],
      },
    };
    const { book, end } = await uploadUses(
      bookWith(2),
      ports({ upload: () => Promise.resolve(arrived([recorded('request-0'), onItsWay])) }),
    );
    expect([end, unsentUses(book).map(({ requestId }) => requestId)]).toEqual(['LATER', ['request-1']]);
  });

  test('what cards refuses for a while only is asked again later, and makes no conflict', async () => {
    const book = bookWith(2);
    const refused = { code: 'TOO_MANY_MISSES', message: noWords };
    const present = () => Promise.resolve(arrived({ refused }));
    const upload = () => Promise.reject(new Error('uploaded'));
    expect(await uploadUses(book, ports({ present, upload }))).toEqual({ book, end: 'LATER' });
  });

  test('a guest for whom cards signs nothing is uploaded all the same, with the words of cards', async () => {
    const suspended = { code: 'CARD_SUSPENDED', message: noWords };
    const sent: string[] = [];
    const { book } = await uploadUses(
      bookWith(1),
      ports({
        present: () => Promise.resolve(arrived({ refused: suspended })),
        upload: (_slice, entries) => {
          sent.push(...entries.map(({ presentation }) => presentation));
          const conflict = { code: 'PRESENTATION_INVALID', message: noWords, facts: [] };
          return Promise.resolve(arrived([{ requestId: 'request-0', redemption: null, conflict }]));
        },
      }),
    );
    expect(sent).toEqual(['']);
    expect(book.uses[0]).toMatchObject({ shown: null, outcome: { kind: 'conflict', conflict: suspended } });
  });
});
