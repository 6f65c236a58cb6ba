import { describe, expect, it } from 'vitest';
import { localLive, watchKeys } from '../../../subgraphs/platform/live/index.ts';
import { following } from '../../../subgraphs/venues/service/following.ts';

/** A watcher of keys that a test changes as it goes, past its first look. */
async function watching(settings: { readonly tickMs: number | null; readonly onRing: boolean }) {
  const live = localLive();
  const state = { keys: ['a'], asked: 0, broken: false };
  const keysOf = async (): Promise<string[]> => {
    state.asked += 1;
    if (state.broken) throw new Error('the database is away');
    return [...state.keys];
  };
  const looks = watchKeys(following(live, { keysOf, ...settings }), state.keys);
  await looks.next();
  const settle = () => new Promise((resume) => setImmediate(() => setImmediate(resume)));
  return { live, state, looks, settle };
}

describe('doorbells that are other ones later', () => {
  it('are asked for after a ring, and the new ones ring too', async () => {
    const { live, state, looks, settle } = await watching({ tickMs: null, onRing: true });
    state.keys = ['a', 'b'];
    live.put('a');
    await looks.next();
    await settle();
    await looks.next();
    const heard = looks.next();
    live.put('b');
    expect(await heard).toEqual({ value: true, done: false });
    await looks.return?.();
  });

  it('that are no longer among them are not heard, and those that stay are', async () => {
    const { live, state, looks, settle } = await watching({ tickMs: null, onRing: true });
    state.keys = ['b', 'c'];
    live.put('a');
    await looks.next();
    await settle();
    await looks.next();
    const asked = state.asked;
    live.put('a');
    await settle();
    expect(state.asked).toBe(asked);
    const heard = looks.next();
    live.put('c');
    expect(await heard).toEqual({ value: true, done: false });
    await looks.return?.();
  });

  it('are asked for at every tick, each of which is a look', async () => {
    const { state, looks } = await watching({ tickMs: 1, onRing: false });
    await looks.next();
    await looks.next();
    expect(state.asked).toBeGreaterThan(0);
    await looks.return?.();
  });

  it('stay as they were while nobody can tell them, until the next ring', async () => {
    const { live, state, looks, settle } = await watching({ tickMs: null, onRing: true });
    state.broken = true;
    state.keys = ['a', 'b'];
    live.put('a');
    await looks.next();
    await settle();
    state.broken = false;
    live.put('a');
    await looks.next();
    await settle();
    await looks.next();
    const heard = looks.next();
    live.put('b');
    expect(await heard).toEqual({ value: true, done: false });
    await looks.return?.();
  });

  it('are let go at the end, also when somebody is just asking for them', async () => {
    const { live, state, looks, settle } = await watching({ tickMs: 1, onRing: true });
    state.keys = ['b'];
    live.put('a');
    await looks.return?.();
    await settle();
    const asked = state.asked;
    live.put('a');
    live.put('b');
    await settle();
    expect(state.asked).toBe(asked);
    expect(await looks.next()).toEqual({ value: undefined, done: true });
  });
});
