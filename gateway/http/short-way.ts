import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { ErrorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { isPromise } from '../execution/awaiting.ts';
import { devViewerHeader } from '../identity/dev-viewer.ts';
import type { Identify } from '../identity/identity.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import { answerPrepared, type PreparedOptions, type PreparedResult } from '../prepared.ts';
import { cohort } from './cohort.ts';
import { isRecord, readAsked, type TextOf } from './asked.ts';
import { handOver } from './handed-over.ts';
import { dataHeaders } from './headers.ts';
import { maxBodyBytes } from './sizes.ts';

export interface ShortWayOptions extends PreparedOptions {
  readonly identify: Identify;
  readonly mask: ErrorMask;
  readonly textOf: TextOf;
  /** Where a request comes from, as a key to count by. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** False while starting and stopping: then every request takes the long way. */
  readonly isOpen: () => boolean;
}

/** The types that these ask for, without further negotiation. */
const types: Readonly<Record<string, string>> = {
  '*/*': 'application/json; charset=utf-8',
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
  'application/graphql-response+json, application/json': 'application/graphql-response+json; charset=utf-8',
};

/**
 * The short way of an ordinary request: POST of JSON with an operation that is prepared already, which is nearly every
 * request. It is read, run and answered here, on Node's own server, because the way through Fastify and ApolloServer costs
 * several times what the answer costs. Everything else takes the long way, with the same answers.
 */
export function shortWay(options: ShortWayOptions, longWay: RequestListener): RequestListener {
  const later = cohort();
  return (request, response) => {
    const type = ordinary(request) && options.isOpen() ? types[request.headers.accept ?? '*/*'] : undefined;
    if (type === undefined) {
      longWay(request, response);
      return;
    }
    const parts: Buffer[] = [];
    const answerOrHandOver = (): void => {
      const [first = Buffer.alloc(0), ...others] = parts;
      const body = others.length === 0 ? first : Buffer.concat(parts);
      try {
        if (answer(options, { request, response, type }, body.toString())) return;
      } catch (error) {
        sendFailure(response, { type, requestId: randomUUID() }, error, options.mask);
        return;
      }
      handOver(request, body);
      longWay(request, response);
    };
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => later(answerOrHandOver));
  };
}

function ordinary({ method, url, headers }: IncomingMessage): boolean {
  if (method !== 'POST' || url !== '/graphql') return false;
  return isPlainJson(headers) && Number(headers['content-length']) <= maxBodyBytes;
}

function isPlainJson(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'];
  if (type !== 'application/json' && type !== 'application/json; charset=utf-8') return false;
  return headers['content-encoding'] === undefined && headers['transfer-encoding'] === undefined;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Of the answer. */
  readonly type: string;
}

/** False when the request is not ordinary after all. Nothing has happened then. */
function answer(options: ShortWayOptions, { request, response, type }: Exchange, text: string): boolean {
  const asked = readAsked(parse(text), options.textOf);
  if (!asked) return false;
  const { headers } = request;
  const viewer = whoAsks(options, headers[devViewerHeader]);
  if (!viewer) return false;
  const caller = {
    viewer,
    requestId: randomUUID(),
    address: options.addressOf(request),
    traceparent: readTraceparent(headers['traceparent']),
  };
  const result = answerPrepared(options, { ...asked, caller });
  if (!result) return false;
  const head = { type, requestId: caller.requestId };
  const { mask } = options;
  if (isPromise(result)) {
    result.then(
      (done) => sendResult(response, head, done, mask),
      (error: unknown) => sendFailure(response, head, error, mask),
    );
  } else sendResult(response, head, result, mask);
  return true;
}

/** Undefined when who asks is refused: the long way says why. */
function whoAsks({ identify }: ShortWayOptions, claimed: unknown): Viewer | undefined {
  try {
    return identify(claimed).viewer;
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Head {
  readonly type: string;
  readonly requestId: string;
}

/** What an error says about its HTTP answer: a status, and headers such as `retry-after`. */
function statusOf(errors: readonly GraphQLError[], headers: string[]): number {
  let status = 200;
  for (const { extensions } of errors) {
    const http: unknown = extensions['http'];
    if (!isRecord(http)) continue;
    if (typeof http['status'] === 'number') ({ status } = http as { status: number });
    if (!(http['headers'] instanceof Map)) continue;
    for (const [name, value] of http['headers']) headers.push(String(name), String(value));
  }
  return status;
}

/** The same bytes and status that ApolloServer would answer with. */
function sendResult(
  response: ServerResponse,
  head: Head,
  { data, errors }: PreparedResult,
  mask: ErrorMask,
): void {
  if (!errors) {
    send(response, head, { status: 200, text: `{"data":${data}}\n` });
    return;
  }
  const headers: string[] = [];
  const status = statusOf(errors, headers);
  const masked = JSON.stringify(errors.map((error) => mask(error)));
  const text = data === undefined ? `{"errors":${masked}}\n` : `{"errors":${masked},"data":${data}}\n`;
  send(response, head, { status, text, headers });
}

function sendFailure(response: ServerResponse, head: Head, error: unknown, mask: ErrorMask): void {
  send(response, head, { status: 500, text: `${JSON.stringify({ errors: [mask(error)] })}\n` });
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: readonly string[];
}

function send(
  response: ServerResponse,
  { type, requestId }: Head,
  { status, text, headers = [] }: Answer,
): void {
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, [
    ...dataHeaders,
    'x-request-id',
    requestId,
    'cache-control',
    'no-store',
    'content-type',
    type,
    ...headers,
    'content-length',
    String(bytes),
  ]);
  // As many bytes as characters: each is the byte it stands for, and nothing has to be encoded.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8');
}
