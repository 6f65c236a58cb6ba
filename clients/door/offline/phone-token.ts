/** What a phone shows, as `subgraphs/cards/domain/mobile-token.ts` specifies it; a test holds the two together. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const version = 1;
const headBytes = 13;
const tokenBytes = 77;
const slotMs = 30_000;
/** Slots before and after the present one that are accepted: phone and door may differ by half a minute. */
const slotTolerance = 1;

export interface PhoneToken {
  /** Sixteen hexadecimal digits. */
  readonly keyId: string;
  /** How many times 30 seconds since 1970. */
  readonly slot: number;
  /** What the phone signed. */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Reads what was scanned; whether it is signed and of this half minute is asked afterwards. Null: no phone's token. */
export function readPhoneToken(scanned: string): PhoneToken | null {
  const text = scanned.trim();
  const bytes = text.startsWith('K:') ? fromBase45(text.slice(2)) : null;
  if (bytes?.length !== tokenBytes || bytes[0] !== version) return null;
  const head = bytes.slice(0, headBytes);
  return {
    keyId: Array.from(head.slice(1, 9), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    slot: new DataView(head.buffer).getUint32(9),
    signed: Uint8Array.from([...new TextEncoder().encode('culture-card/show/'), ...head]),
    signature: bytes.slice(headBytes),
  };
}

/** Whether a token is of this half minute: an older one may be a picture of somebody else's phone. */
export function isOfNow({ slot }: Pick<PhoneToken, 'slot'>, now: number): boolean {
  return Math.abs(slot - Math.floor(now / slotMs)) <= slotTolerance;
}

function fromBase45(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (character) => alphabet.indexOf(character));
    if (digits.includes(-1)) return null;
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (value > (digits.length === 3 ? 0xff_ff : 0xff)) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}
