import { describe, expect, it } from 'vitest';
import { unsentUses } from '../../clients/door/offline/book.ts';
import type { KeptPhones } from '../../clients/door/offline/device.ts';
import type { Shelf } from '../../clients/door/offline/kept-book.ts';
import { OfflineDoor } from '../../clients/door/offline/offline-door.ts';
import type { OfflineServer } from '../../clients/door/offline/server.ts';
import type { OfflineRefused, OfflineSlice } from '../../clients/shared/operations/offline-door.ts';
import { holder, hour, minute, now, shelfOf } from './support/offline-door.ts';
import { answerWith, newPhone, shows, type TestPhone } from './support/offline-phones.ts';

const venueId = 'venue-1';
const performanceId = 'performance-1';
const unreachable = { kind: 'unreachable' } as const;
const noWords = { fi: '', sv: '', en: '' };

/** A door with a server of the test's own; the device's clock is ten minutes behind the server's. */
function world(phones: readonly TestPhone[] = []) {
  const shelf = shelfOf();
  const asked: string[] = [];
  const state = { now, away: false, kept: null as KeptPhones | null, slices: 0 };
  const data = <Data>(value: Data) =>
    ({ kind: 'data', data: value, serverTime: new Date(state.now) }) as const;
  const slice = (places: number): OfflineSlice => ({
    __typename: 'OfflineSlice',
    id: `slice-${(state.slices += 1)}`,
    places,
    openedAt: new Date(state.now).toISOString(),
    expiresAt: new Date(state.now + 3 * hour).toISOString(),
    rules: [],
  });
  const server: OfflineServer = {
    reserve: ({ places, requestId }) => {
      asked.push(`reserve ${requestId}`);
      return Promise.resolve(state.away ? unreachable : data(slice(places)));
    },
    giveBack: (sliceId) => {
      asked.push(`giveBack ${sliceId}`);
      return Promise.resolve(state.away ? unreachable : data({}));
    },
    phones: (since) => {
      asked.push(`phones ${since === null ? 'all' : 'since'}`);
      return Promise.resolve(state.away ? unreachable : data(answerWith(phones, state.now, since === null)));
    },
    present: (seen) =>
      Promise.resolve(state.away ? unreachable : data(seen.map(({ code }) => ({ token: code })))),
    upload: (sliceId, entries) => {
      asked.push(`upload ${sliceId} ${entries.length}`);
      const uses = entries.map(({ requestId }) => ({ requestId, redemption: { id: 'r' }, conflict: null }));
      return Promise.resolve(state.away ? unreachable : data(uses));
    },
  };
  const parts = {
    venueId,
    server,
    shelf,
    phones: {
      load: () => Promise.resolve(state.kept),
      save: (kept: KeptPhones) => {
        state.kept = kept;
        return Promise.resolve();
      },
    },
    changed: () => undefined,
    clock: () => state.now - 10 * minute,
  };
  return { door: new OfflineDoor(parts), parts, server, state, asked, shelf };
}

async function letIn(door: OfflineDoor, phone: TestPhone, requestId: string): Promise<unknown> {
  const seen = await door.see(shows(phone, door.now()));
  if (typeof seen === 'string') return seen;
  return door.admit(performanceId, { seen, lines: holder, requestId });
}

describe('the work of a door without a network', () => {
  it('takes the server’s clock for its own, learns the phones, and lets one in after a reload', async () => {
    const one = newPhone();
    const { door, parts, state } = world([one]);
    expect(await door.reserve(performanceId, 2)).toBeNull();
    expect([door.now(), door.knowsPhones()]).toEqual([state.now, true]);
    state.away = true;
    const reloaded = new OfflineDoor(parts);
    expect(await letIn(reloaded, one, 'request-1')).toBe('KEYS_TOO_OLD');
    await reloaded.open();
    expect(await letIn(reloaded, one, 'request-1')).toMatchObject({ uses: [{ requestId: 'request-1' }] });
    expect(reloaded.unsent()).toBe(1);
    state.away = false;
    await reloaded.sync();
    expect(reloaded.unsent()).toBe(0);
  });

  it('takes back who was let in by mistake, over a reload too, until it has been sent', async () => {
    const one = newPhone();
    const { door, parts, state, server } = world([one]);
    await door.reserve(performanceId, 1);
    state.away = true;
    await letIn(door, one, 'request-1');
    await door.sync();
    const reloaded = new OfflineDoor(parts);
    expect(reloaded.takeBack('request-1')).toMatchObject({ uses: [] });
    expect([reloaded.takeBack('request-1'), reloaded.unsent()]).toEqual([null, 0]);
    // The place is free again, and the same guest may come.
    await letIn(door, one, 'request-2');
    state.away = false;
    const lost = new OfflineDoor({
      ...parts,
      server: { ...server, upload: () => Promise.resolve(unreachable) },
    });
    await lost.sync();
    expect([lost.takeBack('request-2'), lost.unsent()]).toEqual([null, 1]);
    await door.sync();
    expect([door.takeBack('request-2'), door.unsent()]).toEqual([null, 0]);
  });

  it('asks again with the same key when the answer of a reservation was lost, and with another for another wish', async () => {
    const { door, state, asked } = world();
    state.away = true;
    expect(await door.reserve(performanceId, 2)).toEqual({ code: 'UNREACHABLE' });
    await door.reserve(performanceId, 2);
    await door.reserve(performanceId, 3);
    const [first, second, third] = asked;
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('gives a slice back of which the device has forgotten everything, and keeps a new one', async () => {
    const { parts, server, asked } = world();
    let refusals = 1;
    const refused: OfflineRefused = {
      __typename: 'RedemptionRefusal',
      code: 'SLICE_OPEN_ALREADY',
      message: noWords,
      facts: [{ name: 'sliceId', value: 'forgotten' }],
    };
    const door = new OfflineDoor({
      ...parts,
      server: {
        ...server,
        reserve: (input) =>
          refusals-- > 0
            ? Promise.resolve({ kind: 'data', data: refused, serverTime: null })
            : server.reserve(input),
      },
    });
    expect(await door.reserve(performanceId, 2)).toBeNull();
    expect(asked[0]).toBe('giveBack forgotten');
    expect(door.bookFor(performanceId)?.slice.places).toBe(2);
  });

  it('keeps no places that the device could not remember', async () => {
    const { parts, asked } = world();
    const shelf: Shelf = {
      ...parts.shelf,
      setItem: (key, text) => {
        if (key.includes('book')) throw new Error('full');
        parts.shelf.setItem(key, text);
      },
    };
    const door = new OfflineDoor({ ...parts, shelf });
    expect(await door.reserve(performanceId, 2)).toEqual({ code: 'NO_STORAGE' });
    expect(asked.at(-1)).toBe('giveBack slice-1');
  });

  it('gives back only when everybody is uploaded, and then forgets the book', async () => {
    const one = newPhone();
    const { door, state, asked, shelf } = world([one]);
    await door.reserve(performanceId, 2);
    await letIn(door, one, 'request-1');
    const book = door.bookFor(performanceId)!;
    state.away = true;
    expect(await door.giveBack(book)).toBe(false);
    expect(unsentUses(door.bookFor(performanceId)!)).toHaveLength(1);
    state.away = false;
    expect(await door.giveBack(book)).toBe(true);
    expect(asked.slice(-2)).toEqual(['upload slice-1 1', 'giveBack slice-1']);
    expect([door.books(), door.bookFor(performanceId)]).toEqual([[], null]);
    expect([...shelf.texts.keys()]).toEqual(['door-device-id']);
  });

  it('asks after a reload for what changed only: what the device kept is read before', async () => {
    const { door, parts, state, asked } = world([newPhone()]);
    await door.reserve(performanceId, 1);
    state.now += 11 * minute;
    await new OfflineDoor(parts).sync();
    expect(asked.filter((one) => one.startsWith('phones'))).toEqual(['phones all', 'phones since']);
  });

  it('asks for the phones’ changes every ten minutes while a slice is open, and no more when it is over', async () => {
    const { door, state, asked } = world();
    await door.reserve(performanceId, 1);
    await door.sync();
    state.now += 11 * minute;
    await Promise.all([door.sync(), door.sync()]);
    expect(asked.filter((one) => one.startsWith('phones'))).toEqual(['phones all', 'phones since']);
    state.now += 3 * hour;
    await door.sync();
    expect(asked.filter((one) => one.startsWith('phones'))).toHaveLength(2);
    expect(door.books()).toEqual([]);
  });
});
