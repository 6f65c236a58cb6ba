import { noteCode, noteData } from '../old-page/index.ts';
import { requestOf, type Operation } from './operation.ts';

/** `unreachable`: nobody knows whether the server did it, and the same question may be asked again. `error`: the server's last word. */
export type Answer<Result> =
  | { readonly kind: 'data'; readonly data: Result; readonly serverTime: Date | null }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'unreachable' };

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

interface Body<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Codes with which the server says that it, not the question, is in trouble. */
const transientCodes = ['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR', 'SERVICE_UNAVAILABLE'];

/** A gateway of another version: it may know the text all the same. */
const notKnown = 'PERSISTED_QUERY_NOT_FOUND';

/** Asks the gateway once over HTTP. Never rejects. */
export async function ask<Variables, Result>(
  operation: Operation<Variables, Result>,
  variables: Variables,
  { headers = {}, timeoutMs = 10_000 }: AskOptions = {},
): Promise<Answer<Result>> {
  try {
    return await Promise.race([post(operation, variables, headers), tooLate<Result>(timeoutMs)]);
  } catch {
    return { kind: 'unreachable' };
  }
}

async function post<Variables, Result>(
  operation: Operation<Variables, Result>,
  variables: Variables,
  headers: Readonly<Record<string, string>>,
  written = false,
): Promise<Answer<Result>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ ...requestOf(operation, written), variables }),
  });
  // Too busy, or a proxy without its server: the same question may be asked again.
  if (response.status === 429 || response.status > 500) return { kind: 'unreachable' };
  const date = response.headers.get('date');
  const body = (await response.json()) as Body<Result>;
  const error = body.errors?.[0];
  if (error) {
    const code = error.extensions?.code ?? 'UNKNOWN';
    if (code === notKnown && !written) return post(operation, variables, headers, true);
    noteCode(operation, code);
    return transientCodes.indexOf(code) >= 0 ? { kind: 'unreachable' } : { kind: 'error', code };
  }
  if (!response.ok || body.data === undefined || body.data === null) return { kind: 'unreachable' };
  noteData(operation);
  return { kind: 'data', data: body.data, serverTime: date === null ? null : new Date(date) };
}

function tooLate<Result>(ms: number): Promise<Answer<Result>> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: 'unreachable' }), ms);
  });
}
