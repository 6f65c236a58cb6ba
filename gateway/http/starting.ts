import type { FastifyInstance } from 'fastify';
import { sendError } from './answers.ts';

/** While parts of this process still load: STARTING, as an HTTP answer. */
export const starting = [
  '503 Service Unavailable',
  'STARTING',
  'The server is starting. Try again in a moment.',
] as const;

const retryAfterSeconds = 1;

/** Until everything has loaded, operations are refused with 503 STARTING: half an answer would look like a whole one. */
export function refuseWhileStarting(app: FastifyInstance, isStarting: () => boolean): void {
  const [, code, message] = starting;
  app.addHook('onRequest', async (request, reply) => {
    if (!isStarting() || request.url.split('?', 1)[0] !== '/graphql') return undefined;
    void reply.header('retry-after', retryAfterSeconds);
    return sendError(reply, 503, code, message);
  });
}
