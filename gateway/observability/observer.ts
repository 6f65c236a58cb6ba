import type { Logger } from '../../subgraphs/platform/logger.ts';
import type { Caller } from '../execution/transport.ts';
import type { Metrics, OperationKind, Outcome } from './metrics.ts';
import { traceIdOf } from './traceparent.ts';
import type { Tracing } from './tracing.ts';

type TracedWork = ReturnType<Tracing['operation']>;

/** What came of one operation. */
export interface Answered {
  /** Undefined: nobody knows, because it could not be read. */
  readonly kind: OperationKind | undefined;
  readonly caller: Pick<Caller<unknown>, 'requestId' | 'traceparent' | 'work'>;
  readonly result: {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] | undefined;
  };
}

/** Told of every operation, on every entry. */
export interface Observer {
  /** It begins. The answer is for whom it runs from now on: what it does is a part of it. */
  begin<C extends Caller<unknown>>(caller: C): C;
  /** It was answered, or refused. */
  answered(answered: Answered): void;
}

/**
 * Counts operations, and writes one line for each: ids, kind and codes. Never a text, a variable, a viewer or an address,
 * which could say something about a person.
 */
export function observer(
  logger: Logger,
  metrics: Metrics | undefined,
  tracing: Tracing | undefined,
): Observer {
  const answered = ({ kind = 'unknown', caller, result: { data, errors = [] } }: Answered): void => {
    const { requestId, traceparent } = caller;
    const outcome: Outcome = errors.length === 0 ? 'ok' : data === undefined ? 'refused' : 'errors';
    metrics?.operation(kind, outcome);
    const codes = errors.map(({ extensions }) => extensions?.['code']);
    if (tracing) {
      const work = (caller.work as TracedWork | undefined) ?? tracing.operation(traceparent);
      work.name(kind);
      work.end(outcome === 'ok' ? 'ok' : 'error', codes);
    }
    if (!logger.isLevelEnabled('debug')) return;
    // Under these the log has what went wrong inside.
    const errorIds = errors.flatMap(({ extensions }) => extensions?.['id'] ?? []);
    logger.debug(
      {
        requestId,
        ...(traceparent !== undefined && { traceId: traceIdOf(traceparent) }),
        kind,
        outcome,
        ...(codes.length > 0 && { codes }),
        ...(errorIds.length > 0 && { errorIds }),
      },
      'operation',
    );
  };
  return {
    begin(caller) {
      if (!tracing) return caller;
      const work = tracing.operation(caller.traceparent);
      return { ...caller, work, traceparent: work.traceparent };
    },
    answered,
  };
}
