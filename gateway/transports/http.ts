import type { ExecutionResult } from 'graphql';
import type { Clock } from '../../subgraphs/platform/clock.ts';
import type { Logger } from '../../subgraphs/platform/logger.ts';
import type { SigningKey } from '../../subgraphs/platform/server/keys.ts';
import { signRequest } from '../../subgraphs/platform/server/signature.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { Caller, SubgraphOperation, Transport } from '../execution/transport.ts';
import { readAnswer } from './answer.ts';
import { Breaker } from './breaker.ts';
import { ConnectionFailed, httpConnections, type HttpAnswer } from './connection.ts';
import { inChunks, joined } from './entity-chunks.ts';
import { unavailable } from './unavailable.ts';

export interface RemoteOptions {
  readonly subgraph: string;
  /** Where it is served, such as http://10.0.0.7:4003/graphql. */
  readonly url: string;
  /** The first one signs. */
  readonly keys: readonly SigningKey[];
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface HttpTransport extends Pick<Transport<Viewer>, 'execute'> {
  readonly breaker: Breaker;
  close(): Promise<void>;
}

/** From the first try to the last byte of the answer. */
const timeoutMs: Millis = 2_000;

/**
 * Queries and mutations of a subgraph in another process. Every failure is answered as SUBGRAPH_UNAVAILABLE within the
 * timeout. A query whose connection broke is tried once more, a mutation never: it may have had its effect.
 */
export function httpTransport(options: RemoteOptions): HttpTransport {
  const { subgraph, keys, clock, logger } = options;
  const connections = httpConnections(new URL(options.url));
  const breaker = new Breaker();

  const send = async (body: string, caller: Caller<Viewer>, within: Millis): Promise<ExecutionResult> => {
    const { viewer, requestId, traceparent } = caller;
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-request-id': requestId,
      ...(traceparent !== undefined && { traceparent }),
      ...signRequest(keys, { subgraph, viewer, body }, clock.now()),
    };
    return resultOf(subgraph, await connections.post(body, headers, within));
  };

  const sendOnceOrTwice = async (
    operation: SubgraphOperation,
    caller: Caller<Viewer>,
  ): Promise<ExecutionResult> => {
    const { text, name, variables } = operation;
    const body = JSON.stringify({ query: text, variables, operationName: name });
    const begun = performance.now();
    try {
      return await send(body, caller, timeoutMs);
    } catch (error) {
      const left = timeoutMs - (performance.now() - begun);
      if (!(error instanceof ConnectionFailed) || isMutation(operation) || left <= 0) throw error;
      return send(body, caller, left);
    }
  };

  const executePart = async (
    operation: SubgraphOperation,
    caller: Caller<Viewer>,
  ): Promise<ExecutionResult> => {
    if (!breaker.admit()) return unavailable(subgraph, operation);
    try {
      const result = await sendOnceOrTwice(operation, caller);
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
    async execute(operation, caller) {
      const parts = inChunks(operation);
      const [only] = parts;
      if (parts.length === 1 && only) return executePart(only, caller);
      return joined(parts, await Promise.all(parts.map((part) => executePart(part, caller))));
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

function isMutation({ text }: SubgraphOperation): boolean {
  return /^\s*mutation\b/.test(text);
}
