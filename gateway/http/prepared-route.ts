import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { ErrorMask } from '../../subgraphs/platform/graphql/error-mask.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { Caller } from '../execution/transport.ts';
import { namedHash } from '../trusted/named-document.ts';
import { answerPrepared, type PreparedOptions, type PreparedRequest } from '../prepared.ts';

export interface PreparedRouteOptions extends PreparedOptions {
  readonly mask: ErrorMask;
  /** The operation that was known under this hash when the product was built. */
  readonly textOf: (hash: string) => string | undefined;
}

/** What these say is answered in JSON without further negotiation. */
const plainAccepts: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/json']);

/**
 * The short way of an ordinary request. False when it is no such request, and ApolloServer has to look at it. (Not the reply
 * itself: that can be awaited, and would be nothing by then, so that the operation ran a second time.)
 */
export async function replyPrepared(
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller<Viewer>,
  options: PreparedRouteOptions,
): Promise<boolean> {
  const asked = readPlain(request, options.textOf);
  if (!asked) return false;
  const result = await answerPrepared(options, { ...asked, caller });
  if (!result) return false;
  send(reply, result, options.mask);
  return true;
}

/** POST of JSON with a text, or the hash of a known one, and nothing unusual. */
function readPlain(
  { method, headers, body }: FastifyRequest,
  textOf: PreparedRouteOptions['textOf'],
): Omit<PreparedRequest, 'caller'> | undefined {
  if (method !== 'POST' || !plainAccepts.has(headers.accept)) return undefined;
  if (!headers['content-type']?.startsWith('application/json')) return undefined;
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  const text = extensions === undefined || extensions === null ? query : textNamed(query, extensions, textOf);
  if (typeof text !== 'string') return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    return undefined;
  }
  if (variables !== undefined && variables !== null && !isRecord(variables)) return undefined;
  return { text, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function textNamed(
  query: unknown,
  extensions: unknown,
  textOf: PreparedRouteOptions['textOf'],
): string | undefined {
  if (query !== undefined || !isRecord(extensions)) return undefined;
  const { persistedQuery, ...others } = extensions;
  if (!isRecord(persistedQuery) || persistedQuery['version'] !== 1) return undefined;
  const hash = namedHash(extensions);
  return hash === undefined || Object.keys(others).length > 0 ? undefined : textOf(hash);
}

/** The same bytes and status that ApolloServer would answer with. */
function send(reply: FastifyReply, { data, errors }: ExecutionResult, mask: ErrorMask): FastifyReply {
  for (const { extensions } of errors ?? []) {
    const http: unknown = extensions['http'];
    if (!isRecord(http)) continue;
    if (typeof http['status'] === 'number') void reply.code(http['status']);
    if (!(http['headers'] instanceof Map)) continue;
    for (const [name, value] of http['headers']) void reply.header(String(name), String(value));
  }
  return reply
    .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
    .send(`${JSON.stringify({ errors: errors?.map((error) => mask(error)), data })}\n`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
