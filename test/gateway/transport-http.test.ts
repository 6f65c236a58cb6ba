import { buildSchema, type ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { SubgraphOperation } from '../../gateway/execution/transport.ts';
import { Breaker } from '../../gateway/transports/breaker.ts';
import { systemClock } from '../../subgraphs/platform/clock.ts';
import { developmentKeys } from '../../subgraphs/platform/server/keys.ts';
import { createVerifier } from '../../subgraphs/platform/server/signature.ts';
import { publicCode } from '../../subgraphs/platform/graphql/error-mask.ts';
import { pauseMs, until } from './support/sockets.ts';
import { caller, failures, remote, toySubgraph, viewer } from './transport-support.ts';

const schema = buildSchema(
  'type Query { me: String you: String _entities(representations: [ID]): [String] } type Mutation { write: Int }',
);
Object.assign(schema.getQueryType()?.getFields()['me'] ?? {}, { resolve: () => 'me' });
Object.assign(schema.getQueryType()?.getFields()['_entities'] ?? {}, {
  resolve: (_: unknown, { representations }: { representations: string[] }) =>
    representations.map((id) => (id === '700' ? new Error('no such thing') : id)),
});

const ask = (text: string, variables = {}): SubgraphOperation => ({ text, variables });
const query = ask('{ me }');

function codesOf({ errors }: ExecutionResult): unknown[] {
  return (errors ?? []).map(({ extensions }) => extensions['code']);
}

describe('a subgraph over HTTP', () => {
  it('is asked in the name of the viewer, signed over the body, with request id and trace', async () => {
    const toy = await toySubgraph(schema);
    expect(await remote('rooms', toy.url).execute(query, caller)).toEqual({ data: { me: 'me' } });
    const [{ headers, body } = { headers: {}, body: '' }] = toy.seen;
    expect(createVerifier(developmentKeys, 'rooms')(headers, body, systemClock.now())).toEqual(viewer);
    expect(headers).toMatchObject({ 'x-request-id': caller.requestId, traceparent: caller.traceparent });
    expect(JSON.parse(body)).toEqual({ query: '{ me }', variables: {} });
  });

  it.each(failures)('%s is SUBGRAPH_UNAVAILABLE at every root field, within 2.5 s', async (mode) => {
    const toy = await toySubgraph(schema);
    await toy.become(mode);
    const begun = performance.now();
    const answer = await remote('rooms', toy.url).execute(ask('{ me a: you }'), caller);
    expect(performance.now() - begun).toBeLessThan(2_500);
    expect(answer.data).toBeNull();
    expect(answer.errors?.map(({ path }) => path)).toEqual([['me'], ['a']]);
    for (const error of answer.errors ?? []) {
      expect(publicCode(error)).toBe('SUBGRAPH_UNAVAILABLE');
      expect(error.message).not.toMatch(/127\.0\.0\.1|10\.0\.0\.7|:\d|\//);
    }
  });

  it('a query whose connection broke is tried once more, a mutation never', async () => {
    const toy = await toySubgraph(schema);
    await toy.become('reset');
    const transport = remote('rooms', toy.url);
    await transport.execute(query, caller);
    expect(toy.seen).toHaveLength(2);
    // Signed anew: the subgraph may have seen the first one, and it answers none twice.
    const [first, second] = toy.seen.map(({ headers }) => headers['x-internal-nonce']);
    expect(second).not.toBe(first);
    await transport.execute(ask('mutation { write }'), caller);
    expect(toy.seen).toHaveLength(3);
  });

  it('an error of the subgraph keeps its path and its code; an internal one tells nothing', async () => {
    const toy = await toySubgraph(schema);
    const entities = ask('query ($representations: [ID]) { _entities(representations: $representations) }', {
      representations: ['1', '700'],
    });
    const { data, errors } = await remote('rooms', toy.url).execute(entities, caller);
    expect(data).toEqual({ _entities: ['1', null] });
    expect(errors?.map(({ path }) => path)).toEqual([['_entities', 1]]);
    expect(errors?.map((error) => publicCode(error))).toEqual([undefined]);
  });

  it('more entities than one request may ask for are asked for in parts, and come back as one', async () => {
    const toy = await toySubgraph(schema);
    const representations = Array.from({ length: 1_203 }, (_, n) => String(n));
    const entities = ask('query ($representations: [ID]) { _entities(representations: $representations) }', {
      representations,
    });
    const { data, errors } = await remote('rooms', toy.url).execute(entities, caller);
    expect(toy.seen).toHaveLength(3);
    expect(data?.['_entities']).toEqual(representations.map((id) => (id === '700' ? null : id)));
    expect(errors?.map(({ path }) => path)).toEqual([['_entities', 700]]);
  });

  it('is left alone after five failures in a row, and asked again by itself when it has recovered', async () => {
    const toy = await toySubgraph(schema);
    await toy.become('500');
    const transport = remote('rooms', toy.url);
    for (let n = 0; n < 30; n += 1) {
      expect(codesOf(await transport.execute(query, caller))).toEqual(['SUBGRAPH_UNAVAILABLE']);
    }
    expect(toy.seen.length).toBeGreaterThanOrEqual(5);
    expect(toy.seen.length).toBeLessThan(20);
    expect(transport.breaker).not.toBe('CLOSED');
    await toy.become('ok');
    const recovered = performance.now();
    while (codesOf(await transport.execute(query, caller)).length > 0) {
      expect(performance.now() - recovered).toBeLessThan(3_000);
      await pauseMs(10);
    }
    expect(transport.breaker).toBe('CLOSED');
  });

  it('takes no more than 64 connections at once', async () => {
    const toy = await toySubgraph(schema);
    const transport = remote('rooms', toy.url);
    await toy.become('hang');
    const running = Array.from({ length: 80 }, async () => transport.execute(query, caller));
    await until(() => toy.seen.length >= 64);
    await pauseMs(100);
    expect(toy.seen).toHaveLength(64);
    await Promise.all(running);
  });
});

describe('the breaker', () => {
  it('opens after five failures in a row and lets one request try, again and again', () => {
    let now = 0;
    const breaker = new Breaker(() => now);
    for (let n = 0; n < 4; n += 1) breaker.failed();
    breaker.succeeded();
    for (let n = 0; n < 4; n += 1) breaker.failed();
    expect([breaker.state, breaker.admit()]).toEqual(['CLOSED', true]);
    breaker.failed();
    expect([breaker.state, breaker.admit()]).toEqual(['OPEN', false]);
    now = 500;
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['HALF_OPEN', true, false]);
    breaker.failed();
    expect([breaker.state, breaker.admit()]).toEqual(['OPEN', false]);
    now = 1_000;
    expect(breaker.admit()).toBe(true);
    breaker.succeeded();
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['CLOSED', true, true]);
  });
});
