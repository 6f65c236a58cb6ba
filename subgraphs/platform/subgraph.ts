import type { GraphQLSchema } from 'graphql';
import type { Clock } from './clock.ts';
import type { DatabaseLocation } from './database/index.ts';
import type { Live } from './live/index.ts';
import type { Logger } from './logger.ts';
import type { SubgraphName } from './names.ts';
import type { Viewer } from './viewer.ts';

export type { SubgraphName };

export interface SubgraphOptions {
  readonly location: DatabaseLocation;
  readonly live: Live;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether load() also makes the demo season: made-up offerings and cards, marked as such. */
  readonly demo: boolean;
  /**
   * One or two master keys of what is sealed at rest: the first seals, each opens. Without it, those of development:
   * whoever starts a process asks for them in production.
   */
  readonly sealingKeys?: readonly [Buffer] | readonly [Buffer, Buffer];
  /** How letters are sent, and where their links lead; undefined: they wait. */
  readonly mail?: { readonly smtpUrl: string; readonly from: string; readonly publicUrl: string } | undefined;
}

/** One part of the graph, ready to run: in the gateway's process or in one of its own. */
export interface Subgraph {
  readonly name: SubgraphName;
  readonly schema: GraphQLSchema;
  /** Made anew for every operation and for every event of a subscription: its loaders remember what they read. */
  context(viewer: Viewer, requestId: string): object;
  /** Starts the consumers. */
  start(): void;
  /** Loads the real data, and the demo season when asked. Loading again changes nothing. */
  load(): Promise<void>;
  /** Resolves when every consumer has seen all that is published now. */
  caughtUp(): Promise<void>;
  /** Resolves when its database answers; rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
