import type { Logger } from '../../subgraphs/platform/logger.ts';
import type { Caller } from '../execution/transport.ts';
import type { Metrics, OperationKind, Outcome } from './metrics.ts';
import { traceIdOf } from './traceparent.ts';

/** What came of one operation. */
export interface Answered {
  /** Undefined: nobody knows, because it could not be read. */
  readonly kind: OperationKind | undefined;
  readonly caller: Pick<Caller<unknown>, 'requestId' | 'traceparent'>;
  readonly result: {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] | undefined;
  };
}

/** Told once for every operation, on every entry. */
export type Observer = (answered: Answered) => void;

/**
 * Counts operations, and writes one line for each: ids, kind and codes. Never a text, a variable, a viewer or an address,
 * which could say something about a person.
 */
export function observer(logger: Logger, metrics: Metrics | undefined): Observer {
  return ({ kind = 'unknown', caller: { requestId, traceparent }, result: { data, errors = [] } }) => {
    const outcome: Outcome = errors.length === 0 ? 'ok' : data === undefined ? 'refused' : 'errors';
    metrics?.operation(kind, outcome);
    if (!logger.isLevelEnabled('debug')) return;
    const codes = errors.map(({ extensions }) => extensions?.['code']);
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
}
