import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { RequestPayload } from 'fastify';

/** Bodies that were read on the short way before it was clear that the request has to take the long one. */
const bodies = new WeakMap<IncomingMessage, Buffer>();

export function handOver(request: IncomingMessage, body: Buffer): void {
  bodies.set(request, body);
}

/** The body to be parsed: the request itself, or what has been read of it already. */
export function payloadOf(request: IncomingMessage, payload: RequestPayload): RequestPayload {
  const body = bodies.get(request);
  if (!body) return payload;
  return Object.assign(Readable.from([body], { objectMode: false }), { receivedEncodedLength: body.length });
}
