/** The token that the phone shows, as `subgraphs/cards/domain/mobile-token.ts` specifies it; a test holds the two together. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const version = 1;
export const slotMs = 30_000;

export type Algorithm = 'ED25519' | 'ES256';
export type Sign = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** `show`: for a door. `remove`: the phone takes itself off the card. */
export async function makeToken(
  keyId: string,
  at: number,
  sign: Sign,
  use: 'show' | 'remove' = 'show',
): Promise<string> {
  const head = headOf(keyId, Math.floor(at / slotMs));
  const signature = await sign(bytesOf(`culture-card/${use}/`, head));
  return `K:${base45(Uint8Array.from([...head, ...signature]))}`;
}

/** What proves at enrolment that this phone has the private key. */
export function enrolmentBytes(code: string): Uint8Array<ArrayBuffer> {
  return bytesOf(`culture-card/enrol/${code}`, new Uint8Array());
}

function headOf(keyId: string, slot: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(13);
  head[0] = version;
  for (let at = 0; at < 8; at++) head[1 + at] = Number.parseInt(keyId.slice(2 * at, 2 * at + 2), 16);
  new DataView(head.buffer).setUint32(9, slot);
  return head;
}

function bytesOf(words: string, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...new TextEncoder().encode(words), ...rest]);
}

function base45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const second = bytes[at + 1];
    let rest = second === undefined ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + second;
    for (let digit = 0; digit < (second === undefined ? 2 : 3); digit++) {
      text += alphabet.charAt(rest % 45);
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}
