import fastify, { type FastifyInstance } from 'fastify';
import { newId } from '../../subgraphs/platform/ids.ts';
import type { ErrorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';
import { sendError } from './answers.ts';
import { answerClientError } from './client-errors.ts';
import { errorHandler, notFoundHandler } from './errors.ts';
import { secure } from './headers.ts';
import { maxBodyBytes, maxHeaderBytes, standardRequestTimeoutMs } from './sizes.ts';

export interface AppOptions {
  /** Within this time a request must have arrived whole, or it is answered with 408. */
  readonly requestTimeoutMs?: Millis | undefined;
}

/** An HTTP server with its limits, that answers every error in JSON. */
export function createApp(
  mask: ErrorMask,
  { requestTimeoutMs = standardRequestTimeoutMs }: AppOptions = {},
): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    http: {
      maxHeaderSize: maxHeaderBytes,
      // Not more than the other: Node would take the larger one, its 60 s, for the whole request.
      headersTimeout: requestTimeoutMs,
      // How often Node looks for requests that are late; its 30 s would make the timeout a guess.
      connectionsCheckingInterval: requestTimeoutMs / 5,
    },
    genReqId: () => newId(),
    clientErrorHandler: answerClientError,
    frameworkErrors: (_error, _request, reply) => {
      secure(reply);
      void sendError(reply, 400, 'BAD_REQUEST', 'The address cannot be understood.');
    },
  });
  // Otherwise a form on another site could post here without the browser asking first.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(errorHandler(mask));
  app.setNotFoundHandler(notFoundHandler);
  app.addHook('onRequest', async (request, reply) => {
    secure(reply);
    void reply.header('x-request-id', request.id);
  });
  return app;
}
