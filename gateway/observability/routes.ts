import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface ObservabilityOptions {
  readonly metrics: Metrics | undefined;
  readonly mayReadMetrics: (request: IncomingMessage) => boolean;
  readonly ready: () => Promise<Readiness>;
}

/** `/health`: the process lives. `/ready`: send it traffic. `/metrics`: for Prometheus, when it is on. */
export function serveObservability(app: FastifyInstance, options: ObservabilityOptions): void {
  const { metrics, mayReadMetrics, ready } = options;
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const { status, notReady } = await ready();
    return reply
      .code(status === 'ready' || status === 'degraded' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, ...(notReady.length > 0 && { notReady }) });
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
