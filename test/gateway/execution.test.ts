import { describe, expect, test } from 'vitest';
import { codes, running } from './support/running.ts';

describe('one graph from three subgraphs', () => {
  test('a query is joined across all of them', async () => {
    const { ask } = await running();
    const { status, body } = await ask('{ sensors { id temperature alarm room { name size } } }');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        sensors: [
          { id: 'a', temperature: 20, alarm: 'OK', room: { name: 'Palms', size: 12 } },
          { id: 'b', temperature: 30, alarm: 'HOT', room: { name: 'Ferns', size: 12 } },
        ],
      },
    });
  });

  test('aliases, fragments, variables and conditions work through joins', async () => {
    const { ask } = await running();
    const query = `
      query Greenhouse($id: ID!, $no: Boolean!) {
        first: sensor(id: $id) { ...Short place: room { title: name } room @skip(if: true) { size } }
        second: sensor(id: "b") { warmth: temperature alarm @include(if: $no) }
      }
      fragment Short on Sensor { id kind: __typename }`;
    const { body } = await ask(query, { variables: { id: 'a', no: false } });
    expect(body.data).toEqual({
      first: { id: 'a', kind: 'Sensor', place: { title: 'Palms' } },
      second: { warmth: 30 },
    });
  });

  test('a mutation runs once and its answer is joined after it', async () => {
    const { ask } = await running();
    const { body } = await ask('mutation { measure(id: "a", temperature: 40) { temperature alarm } }');
    expect(body.data).toEqual({ measure: { temperature: 40, alarm: 'HOT' } });
  });

  test('rooms asked for many times in one fetch are loaded at once', async () => {
    const { ask, toys } = await running();
    await ask('{ sensors { room { name } } }');
    expect(toys.calls.names).toBe(1);
  });

  test('every operation has a context of its own, so nothing is remembered from the one before', async () => {
    const { ask, toys } = await running();
    await ask('{ sensor(id: "a") { room { name } } }');
    toys.rename('r1', 'Orchids');
    const { body } = await ask('{ sensor(id: "a") { room { name } } }');
    expect(body.data).toEqual({ sensor: { room: { name: 'Orchids' } } });
  });

  test('one failing subgraph field leaves the rest of the answer', async () => {
    const { ask } = await running();
    const answer = await ask('{ sensor(id: "a") { temperature room { name unlucky } } }');
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ sensor: { temperature: 20, room: { name: 'Palms', unlucky: null } } });
    expect(codes(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(answer.body.errors?.[0]?.path).toEqual(['sensor', 'room', 'unlucky']);
  });

  test('an entity that the other subgraph does not know is null and an error, not silence', async () => {
    const { ask } = await running();
    const answer = await ask('{ missing { id room { size } } }');
    expect(answer.body.data).toEqual({ missing: { id: 'nowhere', room: null } });
    expect(codes(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(answer.body.extensions).toBeUndefined();
  });

  test('a wrong value of a custom scalar is BAD_USER_INPUT, as a variable and written in', async () => {
    const { ask } = await running();
    const variable = await ask('query ($at: Moment!) { later(at: $at) }', { variables: { at: 'soon' } });
    expect(codes(variable)).toEqual(['BAD_USER_INPUT']);
    expect(codes(await ask('{ later(at: "soon") }'))).toEqual(['BAD_USER_INPUT']);
    expect((await ask('{ later(at: "2026-11-22T10:00:00Z") }')).body.errors).toBeUndefined();
  });
});
