import { randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Millis } from '../units.ts';
import { parseViewer, type Viewer } from '../viewer.ts';
import { hmacWith, type Hmac } from './hmac.ts';
import type { SigningKey } from './keys.ts';

export const signedNames = [
  'x-internal-key',
  'x-internal-time',
  'x-internal-nonce',
  'x-internal-viewer',
  'x-internal-signature',
] as const;

/** What a gateway sends beside the body so that a subgraph can trust who asks. */
export type SignedHeaders = Readonly<Record<(typeof signedNames)[number], string>>;

const maxSkewMs: Millis = 30_000;
const maxNonces = 100_000;

/** Signs one request of a viewer to one subgraph: HMAC-SHA256 over key, time, nonce, subgraph, viewer and body. */
export function signRequest(
  keys: readonly SigningKey[],
  request: { readonly subgraph: string; readonly viewer: Viewer; readonly body: string | Buffer },
  now: Date,
): SignedHeaders {
  const key = keys[0];
  if (!key) throw new AppError('NOT_CONFIGURED', 'No signing key.');
  const time = String(now.getTime());
  const nonce = nextNonce();
  const viewer = viewerText(request.viewer);
  return {
    'x-internal-key': key.id,
    'x-internal-time': time,
    'x-internal-nonce': nonce,
    'x-internal-viewer': viewer,
    'x-internal-signature': mac(key, [time, nonce, request.subgraph, viewer], request.body),
  };
}

const nonceOfProcess = randomBytes(16).toString('base64url');
let noncesMade = 0;

/** Unlike every other, in this process by its count and elsewhere by chance. It is no secret, so it may be foreseen. */
function nextNonce(): string {
  noncesMade += 1;
  return `${nonceOfProcess}${noncesMade.toString(36)}`;
}

/** One viewer is signed for again and again, at least once for every subgraph that a request asks. */
const viewerTexts = new WeakMap<Viewer, string>();

function viewerText(viewer: Viewer): string {
  let text = viewerTexts.get(viewer);
  if (text === undefined) {
    text = Buffer.from(JSON.stringify(viewer)).toString('base64url');
    viewerTexts.set(viewer, text);
  }
  return text;
}

const hmacs = new WeakMap<SigningKey, Hmac>();

/** `parts` are ASCII. */
function mac(key: SigningKey, parts: readonly string[], body: string | Buffer): string {
  let hmac = hmacs.get(key);
  if (!hmac) {
    hmac = hmacWith(key.secret);
    hmacs.set(key, hmac);
  }
  // Only the last part, the body, may hold a line break: so nothing can be moved from one part to the next.
  const head = `${key.id}\n${parts.join('\n')}\n`;
  return hmac(head, typeof body === 'string' ? Buffer.from(body) : body);
}

/** What is signed to open a WebSocket: it has no body, and an HTTP request's signature must not open one. */
export const connectionText = 'WebSocket connection';

/** What is signed of a subscription, so that neither its text nor its variables can be exchanged on the way. */
export function subscriptionText(payload: {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}): string {
  const { query, operationName = null, variables } = payload;
  return `WebSocket subscription\n${JSON.stringify([query, operationName, variables ?? {}])}`;
}

/** Gives the viewer of what was signed, or throws UNAUTHENTICATED. */
export type Verifier = (headers: Readonly<Record<string, unknown>>, body: string, now: Date) => Viewer;

/** Checks signatures for one subgraph and remembers nonces, so that a request that was overheard cannot be sent again. */
export function createVerifier(keys: readonly SigningKey[], subgraph: string): Verifier {
  const nonces = new Map<string, Millis>();

  return (headers, body, now) => {
    const text = (name: keyof SignedHeaders): string => {
      const value = headers[name];
      return typeof value === 'string' ? value : '';
    };
    const key = keys.find(({ id }) => id === text('x-internal-key'));
    const time = text('x-internal-time');
    const nonce = text('x-internal-nonce');
    const viewer = text('x-internal-viewer');
    if (!key || !/^\d{1,15}$/.test(time) || !/^[\w-]{16,64}$/.test(nonce) || !/^[\w-]*$/.test(viewer)) {
      throw unsigned();
    }
    const given = Buffer.from(text('x-internal-signature'), 'base64url');
    const expected = Buffer.from(mac(key, [time, nonce, subgraph, viewer], body), 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unsigned();
    if (Math.abs(now.getTime() - Number(time)) > maxSkewMs || nonces.has(nonce)) throw unsigned();
    remember(nonces, nonce, now.getTime());
    return parseViewer(JSON.parse(Buffer.from(viewer, 'base64url').toString('utf8')));
  };
}

function unsigned(): AppError {
  return new AppError('UNAUTHENTICATED', 'Subgraphs answer signed requests of their gateway only.');
}

/** A nonce need not be remembered longer than its time is accepted; the oldest stand first in the map. */
function remember(nonces: Map<string, Millis>, nonce: string, now: Millis): void {
  nonces.set(nonce, now);
  for (const [old, seen] of nonces) {
    if (nonces.size <= maxNonces && now - seen <= 2 * maxSkewMs) break;
    nonces.delete(old);
  }
}
