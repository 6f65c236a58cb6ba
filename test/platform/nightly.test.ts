import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { doNight, nightDueAt, startNightShift, type NightJob } from '../../subgraphs/platform/nightly.ts';

/** A job written down in memory; `work` may fail. */
function job(
  work: () => Promise<string> = async () => 'done',
): NightJob<string> & { readonly rows: Map<string, string> } {
  const rows = new Map<string, string>();
  return {
    rows,
    isDone: async (day) => rows.has(day),
    claim: async (day) => {
      if (rows.has(day)) return false;
      rows.set(day, 'claimed');
      return true;
    },
    work,
    save: async (day, _at, report) => void rows.set(day, report),
    release: async (day) => void rows.delete(day),
  };
}

describe('the night', () => {
  it.each([
    ['01:29:59 in UTC in winter', '2026-11-23T01:29:59.999Z', null],
    ['half past three in Helsinki in winter', '2026-11-23T01:30:00.000Z', '2026-11-23'],
    ['half past three in Helsinki in summer', '2026-07-23T00:30:00.000Z', '2026-07-23'],
    ['the morning after', '2026-11-23T08:00:00.000Z', '2026-11-23'],
    ['just after midnight in Helsinki', '2026-11-23T22:00:00.000Z', null],
  ])('at %s is due: %#', (_title, at, day) => {
    expect(nightDueAt(new Date(at))).toBe(day);
  });

  it('is done once, and again on the next day', async () => {
    const clock = fixedClock('2026-11-23T02:00:00.000Z');
    const night = job();
    expect(await doNight(clock, night)).toBe('done');
    expect(await doNight(clock, night)).toBeNull();
    clock.set('2026-11-24T02:00:00.000Z');
    expect(await doNight(clock, night)).toBe('done');
    expect([...night.rows.keys()]).toEqual(['2026-11-23', '2026-11-24']);
  });

  it('is given back when its work fails', async () => {
    const clock = fixedClock('2026-11-23T02:00:00.000Z');
    const night = job(() => Promise.reject(new Error('the disk is full')));
    await expect(doNight(clock, night)).rejects.toThrow('the disk is full');
    expect(night.rows.size).toBe(0);
  });

  it('a shift looks one at a time, tells what was thrown, and stops when what is under way is finished', async () => {
    const failed = vi.fn();
    let looks = 0;
    let finish = (): void => {};
    const shift = startNightShift(
      async () => {
        looks++;
        if (looks === 1) throw new Error('not now');
        await new Promise<void>((resolve) => (finish = resolve));
      },
      failed,
      1,
    );
    await vi.waitFor(() => expect(looks).toBe(2));
    expect(failed).toHaveBeenCalledOnce();
    let isStopped = false;
    const stopping = shift.stop().then(() => (isStopped = true));
    await turn();
    expect(isStopped).toBe(false);
    finish();
    await stopping;
    expect(looks).toBe(2);
  });
});
