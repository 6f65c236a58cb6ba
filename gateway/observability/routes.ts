import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Millis } from '../../subgraphs/platform/units.ts';
import type { Metrics } from './metrics.ts';

export interface ObservabilityOptions {
  readonly metrics: Metrics | undefined;
  readonly mayReadMetrics: (request: IncomingMessage) => boolean;
  /** Rejects when something that is needed does not answer. */
  readonly check: () => Promise<unknown>;
  readonly isStopping: () => boolean;
}

/** A database that takes longer does not answer. */
const patienceMs: Millis = 1_000;

/** `/health`: the process lives. `/ready`: send it traffic. `/metrics`: for Prometheus, when it is on. */
export function serveObservability(app: FastifyInstance, options: ObservabilityOptions): void {
  const { metrics, mayReadMetrics, check, isStopping } = options;
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const status = isStopping() ? 'stopping' : (await answers(check)) ? 'ready' : 'unavailable';
    return reply
      .code(status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status });
  });
  if (!metrics) return;
  app.get('/metrics', async (request, reply) => {
    // As if there were nothing: who may not read it need not know of it.
    if (!mayReadMetrics(request.raw)) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
