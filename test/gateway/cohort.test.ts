import { describe, expect, test } from 'vitest';
import { cohort } from '../../gateway/http/cohort.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a cohort', () => {
  test('does in one go and in order what was asked for in one turn, and nothing before', async () => {
    const later = cohort();
    const done: string[] = [];
    later(() => done.push('a'));
    later(() => {
      done.push('b');
      void Promise.resolve().then(() => done.push('what b left for afterwards'));
    });
    later(() => done.push('c'));
    await Promise.resolve();
    expect(done).toEqual([]);
    await turn();
    expect(done).toEqual(['a', 'b', 'c', 'what b left for afterwards']);
  });

  test('leaves what comes meanwhile to the next turn, so that sockets are read in between', async () => {
    const later = cohort();
    const done: number[] = [];
    const again = (): void => {
      done.push(done.length);
      if (done.length < 3) later(again);
    };
    later(again);
    await turn();
    expect(done).toEqual([0]);
    await turn();
    await turn();
    expect(done).toEqual([0, 1, 2]);
  });
});
