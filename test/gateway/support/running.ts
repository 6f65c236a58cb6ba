import { onTestFinished } from 'vitest';
import { startGateway, type Gateway, type GatewayOptions } from '../../../gateway/server.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import { devViewerHeader } from '../../../gateway/identity/dev-viewer.ts';
import { greenhouse, type Greenhouse } from './toys.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly extensions: { readonly code: string; readonly id?: string; readonly facts?: object };
    }[];
    readonly extensions?: unknown;
  };
}

export interface Running {
  readonly gateway: Gateway;
  readonly toys: Greenhouse;
  readonly ask: (query: string, options?: AskOptions) => Promise<Answer>;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Answer>;
}

export interface AskOptions {
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly viewer?: unknown;
}

/** A gateway over the greenhouse on a free port, closed after the test. */
export async function running(
  options: Partial<GatewayOptions> & { readonly toys?: Greenhouse } = {},
): Promise<Running> {
  const { toys = greenhouse(), ...given } = options;
  const gateway = await startGateway({
    subgraphs: toys.subgraphs,
    supergraphSdl: toys.supergraphSdl,
    logger: createLogger('silent'),
    production: false,
    port: 0,
    ...given,
  });
  onTestFinished(() => gateway.close());
  const request = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${gateway.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: jsonOf(text) };
  };
  return {
    gateway,
    toys,
    fetch: request,
    ask: (query, { viewer, ...rest } = {}) =>
      request('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(viewer !== undefined && { [devViewerHeader]: JSON.stringify(viewer) }),
        },
        body: JSON.stringify({ query, ...rest }),
      }),
  };
}

export function codes({ body }: Answer): string[] {
  return (body.errors ?? []).map(({ extensions }) => extensions.code);
}

function jsonOf(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
}
