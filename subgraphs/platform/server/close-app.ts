import type { FastifyInstance } from 'fastify';

/** How long running requests have to finish. */
const patienceMs = 5_000;
const lookMs = 20;

/**
 * Takes nothing new and finishes what is running. A connection that is kept alive becomes idle only after its answer, when
 * nobody would close it before it times out: so it is looked for until the server is closed.
 */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const looking = setInterval(() => app.server.closeIdleConnections(), lookMs);
  const impatience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  try {
    await app.close();
  } finally {
    clearInterval(looking);
    clearTimeout(impatience);
  }
}
