import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { parse } from 'graphql';
import type { LocalSubgraph } from '../../../gateway/execution/in-process.ts';
import { compose, subgraphSdl } from '../../../gateway/supergraph/compose.ts';
import { forbidden } from '../../../subgraphs/platform/errors.ts';
import { viewerKey, type Viewer } from '../../../subgraphs/platform/viewer.ts';
import { Signals, sourceOf, type Signal } from './signal.ts';

/** A greenhouse: sensors measure, rooms have names, the watch decides what is an alarm. Nothing of the product. */
export interface Greenhouse {
  readonly subgraphs: readonly LocalSubgraph<Viewer>[];
  readonly supergraphSdl: string;
  readonly signals: Signals;
  /** What happened: how often each of these was called. */
  readonly calls: Record<'upstreams' | 'events' | 'names' | 'alarms' | 'contexts', number>;
  measure(sensorId: string, temperature: number): void;
  /** Temperature without telling anybody: to see what was remembered. */
  rename(roomId: string, name: string): void;
  /** While true the sensors' subscription fails as soon as it is opened. */
  down: boolean;
}

interface Context {
  readonly viewer: Viewer;
  readonly names: DataLoader<string, string>;
}

const sensorsSdl = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])
  scalar Moment
  interface Thing { note: String }
  type Sensor implements Thing @key(fields: "id") { id: ID! note: String temperature: Int room: Room since(at: Moment): String }
  type Room @key(fields: "id", resolvable: false) { id: ID! }
  type Query {
    sensor(id: ID!): Sensor
    sensors: [Sensor!]!
    thing: Thing
    broken: String
    refused: String
    missing: Sensor
    whoami: String!
    later(at: Moment!): String
  }
  type Mutation { measure(id: ID!, temperature: Int!): Sensor }
  type Subscription { measured(sensorId: ID!): Sensor quiet: Sensor guarded: Sensor many(sensorIds: [ID!]!): [Sensor!]! }
`);

const roomsSdl = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Room @key(fields: "id") { id: ID! name: String size: Int! unlucky: String }
  type Query { rooms: [Room!]! }
`);

const watchSdl = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
  type Sensor @key(fields: "id") { id: ID! temperature: Int @external alarm: String @requires(fields: "temperature") seenBy: String }
  type Room @key(fields: "id") { id: ID! name: String @external sign: String @requires(fields: "name") }
`);

export function greenhouse(): Greenhouse {
  const temperatures = new Map([
    ['a', 20],
    ['b', 30],
  ]);
  const names = new Map([
    ['r1', 'Palms'],
    ['r2', 'Ferns'],
  ]);
  const signals = new Signals();
  const calls = { upstreams: 0, events: 0, names: 0, alarms: 0, contexts: 0 };
  const sensor = (id: string) =>
    temperatures.has(id) ? { id, note: 'b', room: { id: id === 'a' ? 'r1' : 'r2' } } : null;

  const context = (viewer: Viewer): Context => {
    calls.contexts += 1;
    return {
      viewer,
      names: new DataLoader(async (ids: readonly string[]) => {
        calls.names += 1;
        return ids.map((id) => names.get(id) ?? new Error('no such room'));
      }),
    };
  };

  const watch = (...keys: string[]): Signal => {
    calls.upstreams += 1;
    if (toys.down) throw new Error('the sensors are down at /secret/path');
    return sourceOf(signals, keys);
  };
  const one = (id: string) => {
    calls.events += 1;
    return sensor(id);
  };

  const sensors = buildSubgraphSchema({
    typeDefs: sensorsSdl,
    resolvers: {
      Thing: { __resolveType: () => 'Sensor' },
      Sensor: {
        __resolveReference: ({ id }: { id: string }) => sensor(id),
        temperature: ({ id }: { id: string }) => temperatures.get(id) ?? null,
        since: (_: unknown, { at }: { at?: string }) => at ?? null,
      },
      Query: {
        sensor: (_: unknown, { id }: { id: string }) => sensor(id),
        sensors: () => [...temperatures.keys()].map(sensor),
        thing: () => sensor('a'),
        broken: () => {
          throw new Error('SQLITE_ERROR in /var/lib/secret.db');
        },
        refused: () => {
          throw forbidden();
        },
        missing: () => ({ id: 'nowhere', room: { id: 'gone' } }),
        whoami: (_: unknown, __: unknown, { viewer }: Context) => viewerKey(viewer),
        later: (_: unknown, { at }: { at: string }) => at,
      },
      Mutation: {
        measure: (_: unknown, { id, temperature }: { id: string; temperature: number }) => {
          toys.measure(id, temperature);
          return sensor(id);
        },
      },
      Subscription: {
        measured: {
          subscribe: (_: unknown, { sensorId }: { sensorId: string }) => watch(sensorId),
          resolve: (_: unknown, { sensorId }: { sensorId: string }) => one(sensorId),
        },
        quiet: { subscribe: () => watch('quiet'), resolve: () => one('a') },
        guarded: {
          subscribe: (_: unknown, __: unknown, { viewer }: Context) => {
            if (viewer.role === 'ANONYMOUS') throw forbidden();
            return watch('a');
          },
          resolve: () => one('a'),
        },
        many: {
          subscribe: (_: unknown, { sensorIds }: { sensorIds: string[] }) => watch(...sensorIds),
          resolve: (_: unknown, { sensorIds }: { sensorIds: string[] }) => sensorIds.map(one),
        },
      },
      // Custom scalars come from outside unread.
    } as never,
  });
  const moment = sensors.getType('Moment');
  if (moment && 'parseValue' in moment) {
    const read = (value: unknown): unknown => {
      if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
      throw new Error('A moment is written like 2026-11-22T10:00:00Z.');
    };
    Object.assign(moment, {
      parseValue: read,
      parseLiteral: (node: { value?: unknown }) => read(node.value),
    });
  }

  const rooms = buildSubgraphSchema({
    typeDefs: roomsSdl,
    resolvers: {
      Query: { rooms: () => [...names.keys()].map((id) => ({ id })) },
      Room: {
        __resolveReference: ({ id }: { id: string }) => (names.has(id) ? { id } : null),
        name: ({ id }: { id: string }, _: unknown, { names: loader }: Context) => loader.load(id),
        size: () => 12,
        unlucky: () => {
          throw new Error('a stack trace would be here');
        },
      },
    } as never,
  });

  const watching = buildSubgraphSchema({
    typeDefs: watchSdl,
    resolvers: {
      Sensor: {
        __resolveReference: (reference: object) => reference,
        alarm: ({ temperature }: { temperature: number | null }) => {
          calls.alarms += 1;
          return temperature !== null && temperature > 25 ? 'HOT' : 'OK';
        },
        seenBy: (_: unknown, __: unknown, { viewer }: Context) => viewerKey(viewer),
      },
      Room: {
        __resolveReference: (reference: object) => reference,
        sign: ({ id, name }: { id: string; name: string }) => `${id}: ${name}`,
      },
    } as never,
  });

  const subgraphs = [
    { name: 'sensors', schema: sensors, context },
    { name: 'rooms', schema: rooms, context },
    { name: 'watch', schema: watching, context },
  ];
  const toys: Greenhouse = {
    subgraphs,
    supergraphSdl: compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) }))),
    signals,
    calls,
    down: false,
    measure(id, temperature) {
      temperatures.set(id, temperature);
      signals.ring(id);
    },
    rename: (id, name) => void names.set(id, name),
  };
  return toys;
}
