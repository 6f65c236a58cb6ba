import type { FastifyReply, FastifyRequest } from 'fastify';

/** For everything that is not a page: nothing may be loaded or run from it. */
export const answerPolicy = "default-src 'none'; frame-ancestors 'none'";

/** What keeps an answer of data from being shown, embedded or taken for something else. */
const ofData = {
  'content-security-policy': answerPolicy,
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** What more there is to say of a document; `x-frame-options` repeats the policy for very old browsers. */
const ofDocuments = {
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

/** Headers of every answer. */
export function secure(reply: FastifyReply): void {
  void reply.headers(ofData).headers(ofDocuments);
}

/** Those of data, name after value, as Node takes them fastest: each header of an answer costs a hundredth of it. */
export const dataHeaders: readonly string[] = Object.entries(ofData).flat();

/**
 * What a page may do: load and run what this server gives, use the camera (codes are scanned at the door), and talk to this
 * server. `wasm-unsafe-eval` is for the code reader; the WebSocket's address is written out for older browsers, which do not
 * count it as 'self'.
 */
export function pagePolicy(request: FastifyRequest): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `connect-src 'self'${webSocketOrigins(request)}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** GraphiQL is one inline script that makes its workers itself. It still may talk to this server only. */
export function explorerPolicy(request: FastifyRequest): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    `connect-src 'self'${webSocketOrigins(request)}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The Host header comes from outside: only what looks like a host goes into a policy. */
function webSocketOrigins({ headers }: FastifyRequest): string {
  const { host = '' } = headers;
  return /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(host) ? ` ws://${host} wss://${host}` : '';
}
