import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { localLive, postgresLive, watchKeys } from '../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { postgresUrl } from '../support/databases.ts';
import { until } from './support.ts';

const turn = (): Promise<void> => new Promise((resume) => setTimeout(resume, 5));

describe('live doorbells in one process', () => {
  it('many rings of a key before the listener looks are one ring', async () => {
    const live = localLive();
    let heard = 0;
    live.watch(['a', 'b'], () => (heard += 1));
    for (let n = 0; n < 100; n++) live.put(n % 2 ? 'a' : 'b');
    live.put('other');
    await turn();
    expect(heard).toBe(1);
  });

  it('after letting go nothing is heard, not even what was already rung', async () => {
    const live = localLive();
    let heard = 0;
    const stop = live.watch(['a'], () => (heard += 1));
    live.put('a');
    stop();
    await turn();
    expect(heard).toBe(0);
  });
});

describe('watching keys as a subscription does', () => {
  it('gives the first look at once and one look for all rings while busy', async () => {
    const live = localLive();
    const looks = watchKeys(live, ['a']);
    expect(await looks.next()).toEqual({ value: true, done: false });
    live.put('a');
    await turn();
    live.put('a');
    await turn();
    expect(await looks.next()).toEqual({ value: true, done: false });
    const quiet = looks.next();
    expect(await Promise.race([quiet, turn().then(() => 'quiet')])).toBe('quiet');
    live.put('a');
    expect(await quiet).toEqual({ value: true, done: false });
    await looks.return?.();
  });

  it('a ring between registering and the first look is not lost', async () => {
    const live = localLive();
    const looks = watchKeys(live, ['a']);
    await looks.next();
    live.put('a');
    expect(await looks.next()).toEqual({ value: true, done: false });
  });

  it('letting go releases a reader that waits on a quiet key', async () => {
    const looks = watchKeys(localLive(), ['quiet']);
    await looks.next();
    const waiting = looks.next();
    await looks.return?.();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(await looks.next()).toEqual({ value: undefined, done: true });
  });
});

describe('live doorbells between processes on PostgreSQL', () => {
  const open = () => postgresLive({ url: postgresUrl(), logger: createLogger('silent'), heartbeatMs: 200 });

  it('a ring in one process is heard in the other, and once in its own', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    let heardHere = 0;
    let heardThere = 0;
    here.watch(['a'], () => (heardHere += 1));
    there.watch(['a'], () => (heardThere += 1));
    here.put('a');
    await until(() => heardThere === 1);
    await turn();
    expect({ heardHere, heardThere }).toEqual({ heardHere: 1, heardThere: 1 });
    await Promise.all([here.close(), there.close()]);
  });

  it('thousands of keys at once are split into notifications that PostgreSQL takes', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const heard = new Set<string>();
    const keys = Array.from(
      { length: 2_000 },
      (_, n) => `performance:0190aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`,
    );
    for (const key of keys) there.watch([key], () => heard.add(key));
    for (const key of keys) here.put(key);
    await until(() => heard.size === keys.length);
    await Promise.all([here.close(), there.close()]);
  });

  it('a killed connection is made again, and every listener is told to look', async () => {
    const live = await open();
    let heard = 0;
    live.watch(['a'], () => (heard += 1));
    const admin = new pg.Client({ connectionString: postgresUrl() });
    await admin.connect();
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like '%live%' and backend_type = 'client backend'",
    );
    await until(() => heard > 0);
    await admin.end();
    const before = heard;
    live.put('a');
    await until(() => heard > before);
    await live.close();
  });
});
