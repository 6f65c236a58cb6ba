import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { badInput } from '../../subgraphs/platform/errors.ts';
import { createBuilder, finishSchema, type BaseContext } from '../../subgraphs/platform/graphql/index.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { parseSigningKeys } from '../../subgraphs/platform/server/keys.ts';
import { serveSubgraph } from '../../subgraphs/platform/server/server.ts';
import { signRequest } from '../../subgraphs/platform/server/signature.ts';
import type { Subgraph } from '../../subgraphs/platform/subgraph.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { testNow } from '../support/databases.ts';

const secret = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const [older, newer] = [`old:${secret(1)}`, `new:${secret(2)}`];
const viewer: Viewer = { role: 'VENUE_STAFF', venueId: 'v1' };

function toySubgraph(): Subgraph {
  const builder = createBuilder<BaseContext>();
  builder.queryFields((t) => ({
    me: t.string({ resolve: (_, __, context) => context.viewer.role }),
    slow: t.string({
      nullable: true,
      resolve: () => new Promise<string>((resume) => setTimeout(() => resume('done'), 300)),
    }),
    wrong: t.string({
      nullable: true,
      resolve: () => {
        throw badInput('Not like this.', { wanted: 'that' });
      },
    }),
    broken: t.string({
      nullable: true,
      resolve: () => {
        throw new Error('secret detail in /some/path');
      },
    }),
  }));
  return {
    name: 'venues',
    schema: finishSchema(builder),
    context: (who, requestId): BaseContext => ({ viewer: who, requestId }),
    start: () => undefined,
    load: async () => undefined,
    caughtUp: async () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  };
}

async function serve(keys = newer, isReady = () => true) {
  const clock = fixedClock(testNow);
  const server = await serveSubgraph({
    subgraph: toySubgraph(),
    keys: parseSigningKeys(keys),
    clock,
    logger: createLogger('silent'),
    isReady,
  });
  const post = async (body: string, headers: object = sign(body)) => {
    const answer = await fetch(server.url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const sign = (body: string, by = newer, subgraph: 'venues' | 'cards' = 'venues') =>
    signRequest(parseSigningKeys(by), { subgraph, viewer, body }, clock.now());
  return { server, clock, post, sign, [Symbol.asyncDispose]: () => server.close() };
}

const me = JSON.stringify({ query: '{ me }' });

describe('a subgraph on its own', () => {
  it('answers a signed request as the viewer that the gateway names', async () => {
    await using world = await serve();
    expect(await world.post(me)).toEqual({ status: 200, text: '{"data":{"me":"VENUE_STAFF"}}' });
  });

  it('accepts the old key beside the new one while keys are changed', async () => {
    await using world = await serve(`${newer},${older}`);
    expect((await world.post(me, world.sign(me, older))).status).toBe(200);
  });

  it('refuses what is unsigned, signed for another, changed, sent twice or too old, with 401', async () => {
    await using world = await serve();
    const once = world.sign(me);
    expect((await world.post(me, once)).status).toBe(200);
    expect((await world.post(me, once)).status).toBe(401);
    expect((await world.post(me, {})).status).toBe(401);
    expect((await world.post(me, world.sign(me, older))).status).toBe(401);
    expect((await world.post(me, world.sign(me, newer, 'cards'))).status).toBe(401);
    expect((await world.post(JSON.stringify({ query: '{ _service { sdl } }' }), world.sign(me))).status).toBe(
      401,
    );
    const forged = {
      ...world.sign(me),
      'x-internal-viewer': Buffer.from('{"role":"NATIONAL"}').toString('base64url'),
    };
    expect((await world.post(me, forged)).status).toBe(401);
    const early = world.sign(me);
    world.clock.advance(31_000);
    const late = await world.post(me, early);
    expect(late.status).toBe(401);
    expect(JSON.parse(late.text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('finishes what is running when it stops, and takes nothing new', async () => {
    await using world = await serve();
    const running = world.post(JSON.stringify({ query: '{ slow }' }));
    await new Promise((resume) => setTimeout(resume, 100));
    await world.server.close();
    expect(await running).toEqual({ status: 200, text: '{"data":{"slow":"done"}}' });
    await expect(world.post(me)).rejects.toThrow('fetch failed');
  });

  it('answers 503 until it has loaded, while /health already says that it lives', async () => {
    let ready = false;
    await using world = await serve(newer, () => ready);
    const at = async (path: string): Promise<number> =>
      (await fetch(world.server.url.replace('/graphql', path))).status;
    expect([await at('/health'), await at('/ready'), (await world.post(me)).status]).toEqual([200, 503, 503]);
    ready = true;
    expect([await at('/health'), await at('/ready'), (await world.post(me)).status]).toEqual([200, 200, 200]);
  });

  it('is not served without a key', async () => {
    await expect(
      serveSubgraph({
        subgraph: toySubgraph(),
        keys: [],
        clock: fixedClock(testNow),
        logger: createLogger('silent'),
      }),
    ).rejects.toMatchObject({ code: 'NOT_CONFIGURED' });
  });

  it('tells its own errors with code and facts, and of any other only an id', async () => {
    await using world = await serve();
    const own = await world.post(JSON.stringify({ query: '{ wrong }' }));
    expect(JSON.parse(own.text)).toMatchObject({
      errors: [{ message: 'Not like this.', extensions: { code: 'BAD_INPUT', facts: { wanted: 'that' } } }],
    });
    const other = await world.post(JSON.stringify({ query: '{ broken }' }));
    expect(other.text).toContain('INTERNAL_SERVER_ERROR');
    expect(other.text).not.toMatch(/secret|path":"|stack|\.ts/);
  });

  it.each(['', '{', '[]', 'null', '"x"', '{"query":5}', '{"query":"{"}', '{"query":"{ nothing }"}'])(
    'a malformed body is a 400 with a code: %s',
    async (body) => {
      await using world = await serve();
      const answer = await world.post(body);
      expect(answer.status).toBe(400);
      expect(answer.text).not.toMatch(/stack|node_modules/);
    },
  );
});

describe('signing keys', () => {
  it.each(['', 'short:YWJj', 'noseparator', `${older},${newer},third:${secret(3)}`])(
    '%s are refused',
    (text) => {
      expect(() => parseSigningKeys(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }) as Error);
    },
  );
});
