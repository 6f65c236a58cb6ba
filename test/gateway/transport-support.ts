import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { graphql, type GraphQLSchema } from 'graphql';
import { onTestFinished } from 'vitest';
import { remoteSubgraph, type RemoteSubgraph } from '../../gateway/transports/remote.ts';
import { systemClock } from '../../subgraphs/platform/clock.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { developmentKeys } from '../../subgraphs/platform/server/keys.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { freePort } from '../support/free-port.ts';

/** How a toy subgraph treats a request. `slow` begins an answer and never ends it, `hang` never begins. */
export const failures = ['down', '500', 'reset', 'garbage', 'html', 'wrong json', 'slow', 'hang'] as const;
export type Mode = (typeof failures)[number] | 'ok';

export interface ToySubgraph {
  readonly url: string;
  /** What came: the headers and the body of each request, in order. */
  readonly seen: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  become(mode: Mode): Promise<void>;
}

/** A subgraph over HTTP that can fail in every way that a test wants. Unsigned requests are as good as signed ones. */
export async function toySubgraph(
  schema: GraphQLSchema,
  context: () => object = () => ({}),
): Promise<ToySubgraph> {
  const port = await freePort();
  const seen: ToySubgraph['seen'] = [];
  let mode: Mode = 'ok';

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ headers: request.headers, body });
    switch (mode) {
      case 'ok': {
        const { query, variables } = JSON.parse(body) as {
          query: string;
          variables: Record<string, unknown>;
        };
        const result = await graphql({
          schema,
          source: query,
          variableValues: variables,
          contextValue: context(),
        });
        response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
        break;
      }
      case '500':
        response.writeHead(500).end('{"errors":[{"message":"at /srv/app.js:1"}]}');
        break;
      case 'html':
        response.setHeader('content-type', 'text/html').end('<html>nginx at 10.0.0.7</html>');
        break;
      case 'garbage':
        response.end(Buffer.from([0, 159, 146, 150, 1, 2, 3]));
        break;
      case 'wrong json':
        response.end('[{"data":{}}]');
        break;
      case 'slow':
        response.write('{"data":');
        break;
      case 'reset':
        request.socket.resetAndDestroy();
        break;
      case 'down':
      case 'hang':
        break;
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const listen = (): Promise<void> =>
    new Promise((listening) => server.listen(port, '127.0.0.1', () => listening()));
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  await listen();
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    async become(next) {
      if (next === 'down') await close();
      else if (mode === 'down') await listen();
      mode = next;
    },
  };
}

/** A remote subgraph as a gateway has it, closed after the test. */
export function remote(subgraph: string, url: string): RemoteSubgraph {
  const transport = remoteSubgraph({
    subgraph,
    url,
    keys: developmentKeys,
    clock: systemClock,
    logger: createLogger('silent'),
  });
  onTestFinished(() => transport.close());
  return transport;
}

export const viewer: Viewer = { role: 'VENUE_STAFF', venueId: 'v1' };
export const caller = {
  viewer,
  requestId: 'request-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};
