import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as screens from '../../clients/shared/operations/all.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { subgraphNames, type SubgraphName } from '../../subgraphs/platform/names.ts';
import { httpClient, type Answer } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { door } from '../support/door.ts';
import { faults } from '../support/faulty-proxy.ts';
import { orchestra, performanceNow, validCodes } from '../support/product.ts';
import { hasData, missingIn } from './support/missing.ts';
import {
  partnerDocument,
  remoteWorld,
  type RemoteGateway,
  type RemoteWorld,
} from './support/remote-world.ts';

const staff = { role: 'VENUE_STAFF', venueId: orchestra.id } as const;
/** Instead of the product's 2 s, which one test waits for. */
const timeoutMs = 250;

/** No trusted document asks the subgraph of messages yet. */
const threads = 'query ($id: ID!) { threads(first: 5) { totalCount } venue(id: $id) { slug } }';

interface Failure {
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

interface Asked {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly Failure[];
}

async function ask(url: string, query: string, variables: object): Promise<Asked> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-dev-viewer': JSON.stringify(staff) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as Answer<unknown>;
  return { status: response.status, data, errors };
}

// A subscription over a subgraph that fails is in test/gateway/subscriptions-upstream tests.
const documents: Readonly<Record<string, string>> = {
  ...textsOf(screens),
  partner: partnerDocument(),
  threads,
};

function textsOf(
  operations: Readonly<Record<string, { readonly document: string }>>,
): Readonly<Record<string, string>> {
  const all = Object.entries(operations).map(([name, { document }]) => [name, document] as const);
  return Object.fromEntries(all.filter(([, document]) => !/^\s*subscription\b/.test(document)));
}

describe.each(engines)('each real subgraph that fails in each way, on $name', ({ location }) => {
  let world: RemoteWorld;
  /** The product's time-out, and a shorter one. */
  let steady: RemoteGateway;
  let hasty: RemoteGateway;
  /** For each document what it is asked with, and what it answers when all is well. */
  const variablesOf = new Map<string, object>();
  const whole = new Map<string, unknown>();
  /** The subgraphs that a document asks. */
  const touched = new Map<string, readonly SubgraphName[]>();

  beforeAll(async () => {
    const place = await location();
    world = await remoteWorld(place);
    steady = await world.gateway();
    hasty = await world.gateway(timeoutMs);
    const { url } = steady;
    const [first = '', second = '', third = ''] = await validCodes(place, 3);
    const { token, redeem } = door(httpClient(url, staff), orchestra.id);
    const performanceId = await performanceNow(httpClient(url, staff));
    const lines = [{ type: 'HOLDER', count: 1 }];
    const cancelled = await redeem(await token(first), performanceId);
    const redemptionId = (cancelled.data?.redeem as { id?: string }).id;
    const presentation = await token(second);
    const day = 86_400_000;
    const [from, to] = [-day, day].map((ms) => new Date(Date.now() + ms).toISOString());
    const reserve = { performanceId, deviceId: 'device-of-the-test', places: 1, requestId: newId() };
    const reserved = await ask(url, documents['reserveSlice']!, { input: reserve });
    const { id: sliceId } = (reserved.data as { reserveSlice: { id: string } }).reserveSlice;
    const at = new Date().toISOString();
    // Asked again, the mutations give what they gave before.
    const given: Record<string, object> = {
      venuePerformances: { venueId: orchestra.id, from, to },
      cancelRedemption: { input: { redemptionId, requestId: newId() } },
      presentCard: { input: { code: third, venueId: orchestra.id } },
      redeem: { input: { presentation, performanceId, lines, requestId: newId() } },
      searchVenues: { search: null, after: null },
      venueById: { id: orchestra.id },
      venueBySlug: { slug: orchestra.slug },
      partner: { after: null },
      threads: { id: orchestra.id },
      // Refused, which is an answer too.
      enrolPhone: {
        input: {
          code: 'none',
          publicKey: newPublicKey(),
          algorithm: 'ED25519',
          proof: Buffer.alloc(64).toString('base64'),
        },
      },
      reserveSlice: { input: reserve },
      returnSlice: { input: { sliceId } },
      uploadRedemptions: {
        input: { sliceId, entries: [{ requestId: newId(), presentation: '', lines, at }] },
      },
      presentSeenOffline: { input: { venueId: orchestra.id, shown: [{ code: 'K:', at }] } },
      offlineKeys: { venueId: orchestra.id, since: null, after: null },
      confirmAccount: { code: 'none' },
      removeOwnPhone: { token: 'none' },
    };
    for (const [name, text] of Object.entries(documents)) {
      const variables = given[name];
      if (!variables) throw new Error(`Say with which variables the document ${name} is asked.`);
      variablesOf.set(name, variables);
      // Once before anything is compared: the first time, a mutation moves a counter.
      await ask(url, text, variables);
    }
    for (const [name, variables] of variablesOf) {
      const before = new Map([...world.proxies].map(([subgraph, { seen }]) => [subgraph, seen]));
      const { data, errors } = await ask(url, documents[name]!, variables);
      if (errors.length > 0) throw new Error(`${name} fails while all is well: ${JSON.stringify(errors)}`);
      whole.set(name, data);
      const asked = subgraphNames.filter((one) => world.proxies.get(one)!.seen > before.get(one)!);
      touched.set(name, asked);
    }
  });

  afterAll(async () => world[Symbol.asyncDispose]());

  it('every document asks a subgraph, and every subgraph is asked', () => {
    expect([...touched.values()].every((asked) => asked.length > 0)).toBe(true);
    expect(new Set([...touched.values()].flat())).toEqual(new Set(subgraphNames));
  });

  describe.each(subgraphNames)('%s', (subgraph) => {
    it.each(faults)(
      '%s: the others’ data come, with SUBGRAPH_UNAVAILABLE where it is missing',
      async (mode) => {
        const proxy = world.proxies.get(subgraph)!;
        const concerned = [...touched].filter(([, asked]) => asked.includes(subgraph));
        expect(concerned.length).toBeGreaterThan(0);
        for (const [name] of concerned) {
          const text = documents[name]!;
          const seen = proxy.seen;
          await hasty.renew();
          await proxy.become(mode);
          const answer = await ask(hasty.url, text, variablesOf.get(name)!);
          await proxy.become('ok');
          expect(proxy.seen > seen).toBe(mode !== 'down');
          check(name, answer, whole.get(name));
          // The control: the same document, with the subgraph well again.
          const again = await ask(steady.url, text, variablesOf.get(name)!);
          expect({ name, errors: again.errors }).toEqual({ name, errors: [] });
          expect(missingIn(again.data, whole.get(name))).toEqual([]);
        }
      },
    );
  });

  it('what other subgraphs answer is there', async () => {
    const parts: string[] = [];
    for (const [name, asked] of touched) {
      for (const subgraph of asked.length > 1 ? asked : []) {
        await hasty.renew();
        await world.proxies.get(subgraph)!.become('500');
        const { data } = await ask(hasty.url, documents[name]!, variablesOf.get(name)!);
        await world.proxies.get(subgraph)!.become('ok');
        if (hasData(data)) parts.push(`${name} without ${subgraph}`);
      }
    }
    expect(parts).toEqual(
      expect.arrayContaining([
        'searchVenues without networks',
        'venueById without networks',
        'partner without networks',
        'threads without venues',
      ]),
    );
  });

  it('with the product’s own time-out every document is answered within 2.5 s', async () => {
    await steady.renew();
    const proxy = world.proxies.get('venues')!;
    await proxy.become('hang');
    const names = [...touched].filter(([, asked]) => asked.includes('venues')).map(([name]) => name);
    // One after the other they would open the breaker, and nobody would wait.
    const waited = await Promise.all(
      names.map(async (name) => {
        const begun = performance.now();
        check(name, await ask(steady.url, documents[name]!, variablesOf.get(name)!), whole.get(name));
        return performance.now() - begun;
      }),
    );
    await proxy.become('ok');
    expect(Math.max(...waited)).toBeLessThan(2_500);
    expect(Math.max(...waited)).toBeGreaterThan(1_900);
  });
});

function newPublicKey(): string {
  return generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** An answer without one subgraph: status 200, nulls only where an error says so, errors only where a null is. */
function check(name: string, { status, data, errors }: Asked, whole: unknown): void {
  expect({ name, status }).toEqual({ name, status: 200 });
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
  const missing = missingIn(data, whole);
  const paths = errors.map(({ path = [] }) => path.join('.'));
  const isAt = (one: string, other: string): boolean => one === other || `${one}.`.startsWith(`${other}.`);
  const covers = (hole: string, path: string): boolean => hole === '' || isAt(path, hole);
  expect(missing.filter((hole) => !paths.some((path) => covers(hole, path)))).toEqual([]);
  expect(paths.filter((path) => !missing.some((hole) => covers(hole, path)))).toEqual([]);
}
