import { describe, expect, it, onTestFinished } from 'vitest';
import { Deadlines, type Timed } from '../../gateway/transports/deadlines.ts';
import { pauseMs, until } from './support/sockets.ts';

function deadlines(timeoutMs: number): {
  readonly all: Deadlines;
  readonly begin: (name: string) => Timed;
  late: string[];
} {
  const all = new Deadlines(timeoutMs);
  const late: string[] = [];
  onTestFinished(() => all.close());
  const begin = (name: string): Timed => {
    const work = { late: () => void late.push(name) };
    all.begin(work);
    return work;
  };
  return { all, begin, late };
}

describe('deadlines', () => {
  it('end what is late, oldest first, each once and none that has ended', async () => {
    const { all, begin, late } = deadlines(60);
    begin('first');
    const answered = begin('answered');
    await pauseMs(20);
    begin('second');
    all.end(answered);
    await until(() => late.length === 2);
    await pauseMs(80);
    expect(late).toEqual(['first', 'second']);
  });

  it('are kept again after all work has ended', async () => {
    const { begin, late } = deadlines(20);
    begin('first');
    await until(() => late.length === 1);
    begin('second');
    await until(() => late.length === 2);
  });

  it('closed, end nothing any more', async () => {
    const { all, begin, late } = deadlines(20);
    begin('first');
    all.close();
    await pauseMs(60);
    expect(late).toEqual([]);
  });
});
