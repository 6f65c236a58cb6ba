import { describe, expect, it } from 'vitest';
import type { Transaction } from 'kysely';
import {
  appendEvent,
  openEventLog,
  startConsumer,
  type PublishedEvent,
} from '../../subgraphs/platform/events/index.ts';
import type { Database } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { engines, testNow } from '../support/databases.ts';
import { openNotes, until, type NoteTables } from './support.ts';

const logger = createLogger('silent');

const publish = (db: Database<NoteTables>, id: string, topic = 'note.written'): Promise<void> =>
  db.write(async (trx) => {
    await trx.insertInto('note').values({ id, name: 'published' }).execute();
    await appendEvent(trx, { topic, payload: { id } }, testNow);
  });

const copy = async (event: PublishedEvent, trx: Transaction<NoteTables>): Promise<void> => {
  const { id } = event.payload as { id: string };
  await trx.insertInto('note').values({ id, name: 'copied' }).execute();
};

const ids = async (db: Database<NoteTables>): Promise<string[]> =>
  (await db.reader.selectFrom('note').select('id').orderBy('id').execute()).map(({ id }) => id);

describe.each(engines)('events on $name', ({ name: engine, location }) => {
  async function pair() {
    const where = await location();
    const live = localLive();
    const from = await openNotes(where, 'venues', live);
    const to = await openNotes(where, 'cards', live);
    const log = openEventLog(where, 'venues');
    const consume = (handle = copy, topics = ['note.written'], pollMs = 1_000) =>
      startConsumer({ name: 'copies', log, database: to, live, logger, topics, handle, pollMs });
    return {
      from,
      to,
      log,
      consume,
      async [Symbol.asyncDispose]() {
        await Promise.all([log.close(), from.close(), to.close()]);
      },
    };
  }

  it('an event is published only if its transaction commits', async () => {
    await using world = await pair();
    await publish(world.from, 'a');
    await world.from
      .write(async (trx) => {
        await appendEvent(trx, { topic: 'note.written', payload: { id: 'ghost' } }, testNow);
        throw new Error('no');
      })
      .catch(() => undefined);
    const events = await world.log.read('0:0', 10);
    expect(events.map(({ payload, topic, at }) => ({ payload, topic, at }))).toEqual([
      { payload: { id: 'a' }, topic: 'note.written', at: testNow },
    ]);
  });

  it('a consumer gives each event its effect once, in order, also what was published before it started', async () => {
    await using world = await pair();
    await publish(world.from, 'a');
    const consumer = world.consume();
    await publish(world.from, 'b');
    await publish(world.from, 'not wanted', 'note.other');
    await publish(world.from, 'c');
    await consumer.caughtUp();
    await consumer.stop();
    expect(await ids(world.to)).toEqual(['a', 'b', 'c']);
  });

  it('a consumer that is stopped and started again goes on where it was', async () => {
    await using world = await pair();
    for (const id of ['a', 'b', 'c']) {
      await publish(world.from, id);
      const consumer = world.consume();
      await consumer.caughtUp();
      await consumer.stop();
    }
    expect(await ids(world.to)).toEqual(['a', 'b', 'c']);
  });

  it('an effect that fails is rolled back with its cursor and tried again', async () => {
    await using world = await pair();
    let failures = 2;
    const consumer = world.consume(async (event, trx) => {
      await copy(event, trx);
      if (failures-- > 0) throw new Error('not yet');
    });
    await publish(world.from, 'a');
    await consumer.caughtUp();
    await consumer.stop();
    expect(await ids(world.to)).toEqual(['a']);
    expect(failures).toBe(-1);
  });

  it('a doorbell wakes the consumer: nobody waits for the next look', async () => {
    await using world = await pair();
    const consumer = world.consume(copy, ['note.written'], 3_600_000);
    await consumer.caughtUp();
    await new Promise((resume) => setTimeout(resume, 20));
    await publish(world.from, 'a');
    await until(async () => (await ids(world.to)).length === 1);
    await consumer.stop();
  });

  if (engine === 'postgres') {
    it('an event whose transaction commits late is not skipped', async () => {
      await using world = await pair();
      const consumer = world.consume();
      let letGo = (): void => undefined;
      const held = new Promise<void>((resume) => (letGo = resume));
      let began = (): void => undefined;
      const hasBegun = new Promise<void>((resume) => (began = resume));
      const slow = world.from.write(async (trx) => {
        await appendEvent(trx, { topic: 'note.written', payload: { id: 'slow' } }, testNow);
        began();
        await held;
      });
      await hasBegun;
      await publish(world.from, 'quick');
      expect(await world.log.read('0:0', 10)).toEqual([]);
      letGo();
      await slow;
      await consumer.caughtUp();
      await consumer.stop();
      expect(await ids(world.to)).toEqual(['quick', 'slow']);
    });

    it('two processes with the same consumer give each event its effect once', async () => {
      await using world = await pair();
      const rivals = [world.consume(), world.consume(), world.consume()];
      for (let n = 0; n < 60; n++) await publish(world.from, `n${String(n).padStart(2, '0')}`);
      await Promise.all(rivals.map((rival) => rival.caughtUp()));
      await Promise.all(rivals.map((rival) => rival.stop()));
      expect(await ids(world.to)).toHaveLength(60);
    });
  }
});
