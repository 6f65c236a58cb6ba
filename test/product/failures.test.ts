import { describe, expect, it } from 'vitest';
import { greenhouse } from '../gateway/support/toys.ts';
import { codes, running, type Running } from '../gateway/support/running.ts';
import { failures, remote, toySubgraph, type ToySubgraph } from '../gateway/transport-support.ts';
import { anonymous } from '../../subgraphs/platform/viewer.ts';

const query = /* GraphQL */ `
  {
    sensors {
      id
      note
      room {
        id
        name
      }
      alarm
    }
  }
`;

/** A gateway whose subgraph `rooms` is in another process, and can fail in every way; the others are here. */
async function world(): Promise<Running & { readonly rooms: ToySubgraph }> {
  const toys = greenhouse();
  const rooms = toys.subgraphs.find(({ name }) => name === 'rooms');
  if (!rooms) throw new Error('The greenhouse has no rooms.');
  const toy = await toySubgraph(rooms.schema, () => rooms.context(anonymous, 'r'));
  const local = toys.subgraphs.filter((one) => one !== rooms);
  const gateway = await running({ toys, subgraphs: local, remotes: [remote('rooms', toy.url)] });
  return { ...gateway, rooms: toy };
}

const whole = {
  sensors: [
    { id: 'a', note: 'b', room: { id: 'r1', name: 'Palms' }, alarm: 'OK' },
    { id: 'b', note: 'b', room: { id: 'r2', name: 'Ferns' }, alarm: 'HOT' },
  ],
};
const withoutRooms = {
  sensors: whole.sensors.map((sensor) => ({ ...sensor, room: { ...sensor.room, name: null } })),
};

describe('one subgraph in another process that fails', () => {
  it.each(failures)('%s: the others’ data come within 2.5 s, with SUBGRAPH_UNAVAILABLE', async (mode) => {
    const { ask, rooms } = await world();
    expect((await ask(query)).body).toEqual({ data: whole });
    await rooms.become(mode);
    const begun = performance.now();
    const answer = await ask(query);
    expect(performance.now() - begun).toBeLessThan(2_500);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual(withoutRooms);
    expect(new Set(codes(answer))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    for (const { path } of answer.body.errors ?? []) expect(path?.[0]).toBe('sensors');
    expect(answer.text).not.toMatch(/127\.0\.0\.1|10\.0\.0\.7|nginx|srv/);

    await rooms.become('ok');
    expect((await ask(query)).body).toEqual({ data: whole });
  });

  it.each(['hang', '500'] as const)(
    '%s for long: nobody waits for it any more, and it is there again within 3 s',
    async (mode) => {
      const { ask, rooms } = await world();
      await ask(query);
      await rooms.become(mode);
      await Promise.all(Array.from({ length: 5 }, () => ask(query)));
      const before = rooms.seen.length;
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(query)));
      for (const { body } of answers) expect(body.data).toEqual(withoutRooms);
      // Only now and then one tries whether it is there again.
      expect(rooms.seen.length - before).toBeLessThan(5);
      await rooms.become('ok');
      const recovered = performance.now();
      while (codes(await ask(query)).length > 0) {
        expect(performance.now() - recovered).toBeLessThan(3_000);
        await new Promise((resume) => setTimeout(resume, 20));
      }
      expect((await ask(query)).body).toEqual({ data: whole });
    },
  );
});
