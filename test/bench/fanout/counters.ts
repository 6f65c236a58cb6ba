import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { LocalSubgraph } from '../../../gateway/execution/in-process.ts';
import { compose, subgraphSdl } from '../../../gateway/supergraph/compose.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { Signals, sourceOf } from '../../gateway/support/signal.ts';

/** What a display asks for: a counter, with one field that another subgraph joins to every event. */
export const subscription =
  'subscription Counter($id: ID!) { counted(id: $id) { id cap sold placesLeft at } }';

/** Counters with a federated field, and how often each of their parts was asked. */
export interface Counters {
  readonly subgraphs: readonly LocalSubgraph<Viewer>[];
  readonly supergraphSdl: string;
  readonly calls: { upstreams: number; events: number; joins: number };
  /** Sources that are open now. */
  readonly open: number;
  /** One more is sold, and everybody who watches is told. */
  sell(id: string): void;
}

const countersSdl = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { counter(id: ID!): Counter }
  type Subscription { counted(id: ID!): Counter }
  type Counter @key(fields: "id") { id: ID! cap: Int! sold: Int! at: String! }
`);

const placesSdl = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
  type Counter @key(fields: "id") {
    id: ID! cap: Int! @external sold: Int! @external placesLeft: Int @requires(fields: "cap sold")
  }
`);

interface Row {
  readonly id: string;
  readonly cap: number;
  readonly sold: number;
}

/** Milliseconds of the machine's own clock, which all its processes share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function counters(): Counters {
  const sold = new Map<string, number>();
  const signals = new Signals();
  const calls = { upstreams: 0, events: 0, joins: 0 };
  const row = (id: string): Row => ({ id, cap: 1_000_000, sold: sold.get(id) ?? 0 });
  let changedAt = machineMs();

  const countersSchema = buildSubgraphSchema({
    typeDefs: countersSdl,
    resolvers: {
      Query: { counter: (_: unknown, { id }: { id: string }) => row(id) },
      Counter: {
        __resolveReference: ({ id }: { id: string }) => row(id),
        at: () => changedAt.toFixed(3),
      },
      Subscription: {
        counted: {
          subscribe: (_: unknown, { id }: { id: string }) => {
            calls.upstreams += 1;
            return sourceOf(signals, [id]);
          },
          resolve: (_: unknown, { id }: { id: string }) => {
            calls.events += 1;
            return row(id);
          },
        },
      },
      // Its type knows no resolvers that are objects, which a subscription needs.
    } as never,
  });

  const placesSchema = buildSubgraphSchema({
    typeDefs: placesSdl,
    resolvers: {
      Counter: {
        __resolveReference: (reference: Row) => reference,
        placesLeft: (counter: Row) => {
          calls.joins += 1;
          return counter.cap - counter.sold;
        },
      },
    },
  });

  const context = (viewer: Viewer): object => ({ viewer });
  const subgraphs = [
    { name: 'counters', schema: countersSchema, context },
    { name: 'places', schema: placesSchema, context },
  ];
  return {
    subgraphs,
    supergraphSdl: compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) }))),
    calls,
    get open() {
      return signals.open;
    },
    sell(id) {
      sold.set(id, (sold.get(id) ?? 0) + 1);
      changedAt = machineMs();
      signals.ring(id);
    },
  };
}
