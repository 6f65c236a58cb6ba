import type { ExecutionResult } from 'graphql';
import { isPromise } from '../execution/awaiting.ts';
import type { Transport } from '../execution/transport.ts';
import type { Metrics } from './metrics.ts';

/** The same transport, with every fetch counted and timed. Events of subscriptions are not fetches. */
export function measured<V>(transport: Transport<V>, metrics: Metrics): Transport<V> {
  const { subgraph } = transport;
  return {
    subgraph,
    execute(operation, caller) {
      const begun = performance.now();
      const count = (result: ExecutionResult): ExecutionResult => {
        const failed = (result.data ?? null) === null;
        metrics.fetched(subgraph, (performance.now() - begun) / 1_000, failed);
        return result;
      };
      const answer = transport.execute(operation, caller);
      return isPromise(answer) ? answer.then(count) : count(answer);
    },
    subscribe: (operation, caller) => transport.subscribe(operation, caller),
  };
}
