import type { ExecutionResult } from 'graphql';
import type { Transport } from '../execution/transport.ts';
import type { Metrics } from './metrics.ts';

/** The same transport, with every fetch counted and timed. Events of subscriptions are not fetches. */
export function measured<V>(transport: Transport<V>, metrics: Metrics): Transport<V> {
  const { subgraph } = transport;
  return {
    subgraph,
    async execute(operation, caller) {
      const begun = performance.now();
      let result: ExecutionResult | undefined;
      try {
        result = await transport.execute(operation, caller);
        return result;
      } finally {
        const failed = result === undefined || (result.data ?? null) === null;
        metrics.fetched(subgraph, (performance.now() - begun) / 1_000, failed);
      }
    },
    subscribe: (operation, caller) => transport.subscribe(operation, caller),
  };
}
