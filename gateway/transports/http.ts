import type { ExecutionResult } from 'graphql';
import type { Clock } from '../../subgraphs/platform/clock.ts';
import type { Logger } from '../../subgraphs/platform/logger.ts';
import type { SigningKey } from '../../subgraphs/platform/server/keys.ts';
import { signedNames, signRequest } from '../../subgraphs/platform/server/signature.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { Caller, SubgraphOperation, Transport } from '../execution/transport.ts';
import { readAnswer } from './answer.ts';
import { Breaker } from './breaker.ts';
import { httpConnections } from './connection.ts';
import { inChunks, joined } from './entity-chunks.ts';
import type { HttpAnswer } from './exchange.ts';
import { isMutation, requestBody } from './request-body.ts';
import { unavailable } from './unavailable.ts';

export interface RemoteOptions {
  readonly subgraph: string;
  /** Where it is served, such as http://10.0.0.7:4003/graphql. */
  readonly url: string;
  /** The first one signs. */
  readonly keys: readonly SigningKey[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** For a query or mutation, from the first try to the last byte of the answer: 2 s unless something else is said. */
  readonly timeoutMs?: Millis;
}

export interface HttpTransport extends Pick<Transport<Viewer>, 'execute'> {
  readonly breaker: Breaker;
  close(): Promise<void>;
}

const defaultTimeoutMs: Millis = 2_000;

/**
 * Queries and mutations of a subgraph in another process. Every failure is answered as SUBGRAPH_UNAVAILABLE within the
 * timeout. A query whose connection broke is tried once more, a mutation never: it may have had its effect.
 */
export function httpTransport(options: RemoteOptions): HttpTransport {
  const { subgraph, keys, clock, logger, timeoutMs = defaultTimeoutMs } = options;
  const connections = httpConnections(new URL(options.url), timeoutMs);
  const breaker = new Breaker();

  const send = (operation: SubgraphOperation, caller: Caller<Viewer>): Promise<HttpAnswer> => {
    const body = requestBody(operation);
    const { viewer, requestId, traceparent } = caller;
    return connections.post({
      body,
      tries: isMutation(operation) ? 1 : 2,
      headers() {
        const signed = signRequest(keys, { subgraph, viewer, body }, clock.now());
        const headers = ['content-type', 'application/json', 'accept', 'application/json'];
        headers.push('x-request-id', requestId);
        for (const name of signedNames) headers.push(name, signed[name]);
        if (traceparent !== undefined) headers.push('traceparent', traceparent);
        return headers;
      },
    });
  };

  const executePart = async (
    operation: SubgraphOperation,
    caller: Caller<Viewer>,
  ): Promise<ExecutionResult> => {
    if (!breaker.admit()) return unavailable(subgraph, operation);
    try {
      const result = resultOf(subgraph, await send(operation, caller));
      if (breaker.state !== 'CLOSED') logger.info(`The subgraph ${subgraph} answers again.`);
      breaker.succeeded();
      return result;
    } catch (error) {
      const wasClosed = breaker.state === 'CLOSED';
      breaker.failed();
      const why = error instanceof Error ? error.message : String(error);
      logger.warn({ subgraph, requestId: caller.requestId }, `The subgraph ${subgraph} failed: ${why}.`);
      if (wasClosed && breaker.state !== 'CLOSED') {
        logger.error(`The subgraph ${subgraph} is left alone until it answers again.`);
      }
      return unavailable(subgraph, operation);
    }
  };

  return {
    breaker,
    execute(operation, caller) {
      const parts = inChunks(operation);
      const [only] = parts;
      if (parts.length === 1 && only) return executePart(only, caller);
      return Promise.all(parts.map((part) => executePart(part, caller))).then((answers) =>
        joined(parts, answers),
      );
    },
    close: () => connections.close(),
  };
}

function resultOf(subgraph: string, { status, text }: HttpAnswer): ExecutionResult {
  if (status === 401)
    throw new Error('it does not accept our signature: compare SUBGRAPH_KEYS and the clocks');
  if (status >= 500) throw new Error(`it answered with status ${status}`);
  return readAnswer(subgraph, text);
}
