import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import { readPresentation, type Presentation } from '../domain/presentation.ts';
import { findPresentationKey } from '../store/copies.ts';
import type { VenuesReader } from '../store/database.ts';

const form = /^([\w-]{2,2000})\.([\w-]{86})$/;

/**
 * The presentation in a token signed by the cards subgraph, checked with the local copy of its public key: no call to
 * cards, so a slow register does not close the door. Refuses PRESENTATION_INVALID; expiry is the domain's question.
 */
export async function readToken(
  db: VenuesReader,
  token: string,
): Promise<Presentation | Refusal<'PRESENTATION_INVALID'>> {
  const [, body, signature] = form.exec(token) ?? [];
  if (body === undefined || signature === undefined) return invalid('FORM');
  const payload = parse(body);
  const keyId = (payload as { kid?: unknown } | null)?.kid;
  if (typeof keyId !== 'string') return invalid('FORM');
  const publicKey = await publicKeyOf(db, keyId);
  if (publicKey === null) return invalid('KEY_UNKNOWN');
  if (!(await isSignedBy(publicKey, body, signature))) return invalid('SIGNATURE');
  return readPresentation(payload) ?? invalid('FORM');
}

/** A token that could not be read, as the limits are asked about it. */
export function unread({ facts }: Refusal<'PRESENTATION_INVALID'>): {
  readonly presentation: null;
  readonly tokenFault: string;
} {
  return { presentation: null, tokenFault: String(facts['reason']) };
}

function invalid(reason: 'FORM' | 'KEY_UNKNOWN' | 'SIGNATURE'): Refusal<'PRESENTATION_INVALID'> {
  return refuse('PRESENTATION_INVALID', { reason });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

const keysOf = new WeakMap<VenuesReader, Map<string, KeyObject>>();
/** Keys change a few times a year; whoever forges ids adds none. */
const maxKeys = 100;

/** The key with this id, made ready once: a key id never changes its key. */
async function publicKeyOf(db: VenuesReader, keyId: string): Promise<KeyObject | null> {
  let known = keysOf.get(db);
  if (!known) keysOf.set(db, (known = new Map<string, KeyObject>()));
  const ready = known.get(keyId);
  if (ready) return ready;
  const text = await findPresentationKey(db, keyId);
  if (text === null) return null;
  const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  if (known.size >= maxKeys) known.clear();
  known.set(keyId, key);
  return key;
}

const verifyElsewhere = promisify(verify);

/** A tenth of a millisecond of arithmetic, on a thread that has nothing else to do. */
function isSignedBy(key: KeyObject, body: string, signature: string): Promise<boolean> {
  return verifyElsewhere(null, Buffer.from(body, 'ascii'), key, Buffer.from(signature, 'base64url'));
}
