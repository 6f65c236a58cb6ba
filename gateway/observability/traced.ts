import type { ExecutionResult } from 'graphql';
import { whenThere } from '../execution/awaiting.ts';
import type { Transport } from '../execution/transport.ts';
import type { Tracing } from './tracing.ts';

/** The same transport, with a span for every fetch of an operation, which is passed on as the parent of what follows. */
export function traced<V>(transport: Transport<V>, tracing: Tracing): Transport<V> {
  const { subgraph } = transport;
  return {
    subgraph,
    execute(operation, caller) {
      // What is joined to an event belongs to nobody's request.
      if (caller.traceparent === undefined) return transport.execute(operation, caller);
      const work = tracing.fetch(subgraph, caller.traceparent);
      const answer = transport.execute(operation, { ...caller, traceparent: work.traceparent });
      return whenThere(answer, (result: ExecutionResult) => {
        const { errors = [] } = result;
        work.end(
          errors.length > 0 ? 'error' : 'ok',
          errors.map(({ extensions }) => extensions['code']),
        );
        return result;
      });
    },
    subscribe: (operation, caller) => transport.subscribe(operation, caller),
  };
}
