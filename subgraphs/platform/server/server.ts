import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { errorMask } from '../graphql/error-mask.ts';
import type { Logger } from '../logger.ts';
import type { Subgraph } from '../subgraph.ts';
import { closeApp } from './close-app.ts';
import { Documents } from './documents.ts';
import { createSubgraphApp } from './http.ts';
import type { SigningKey } from './keys.ts';
import { createVerifier } from './signature.ts';
import { serveSockets } from './sockets.ts';

export interface SubgraphServerOptions {
  readonly subgraph: Subgraph;
  /** Without a key nothing is served: a subgraph never trusts an unsigned request. */
  readonly keys: readonly SigningKey[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly host?: string;
  /** 0, which is also the default, takes a free port. */
  readonly port?: number;
  /** Whether it has loaded what it needs; without it, it has. */
  readonly isReady?: () => boolean;
}

export interface SubgraphServer {
  /** Such as http://127.0.0.1:4003/graphql. */
  readonly url: string;
  /** How many gateways are connected for subscriptions. */
  readonly sockets: number;
  /** Closes WebSockets with 1001, finishes what is running and lets go of the port. The subgraph stays open. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Serves one subgraph for its gateways: queries and mutations over HTTP, subscriptions over WebSocket, both signed. */
export async function serveSubgraph(options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { subgraph, keys, clock, logger, host = '127.0.0.1', port = 0, isReady = () => true } = options;
  if (keys.length === 0)
    throw new AppError('NOT_CONFIGURED', 'A subgraph is not served without a signing key.');
  const entries = {
    subgraph,
    verify: createVerifier(keys, subgraph.name),
    documents: new Documents(subgraph.schema),
    mask: errorMask({ logger, hideSuggestions: true }),
    clock,
    logger,
    isReady,
  };
  const app = createSubgraphApp(entries);
  const sockets = serveSockets(app.server, entries);

  const stop = async (): Promise<void> => {
    await sockets.close();
    await closeApp(app);
  };
  let address: string;
  try {
    // For "localhost" Fastify would open a second server on ::1, which would not know WebSockets.
    address = await app.listen({ port, host: host === 'localhost' ? '127.0.0.1' : host });
  } catch (error) {
    await stop();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= stop());
  return {
    url: `${address}/graphql`,
    get sockets() {
      return sockets.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
