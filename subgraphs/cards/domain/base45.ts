/** The characters that a QR code packs two into eleven bits. Source: RFC 9285 section 4.2. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const base = alphabet.length;

const digitOf: ReadonlyMap<string, number> = new Map(
  Array.from(alphabet, (character, digit) => [character, digit]),
);

/** Bytes as base45: three characters for two bytes, two for an odd last one. Source: RFC 9285. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = [bytes[at], bytes[at + 1]];
    text += second === undefined ? spell(first, 2) : spell(first * 256 + second, 3);
  }
  return text;
}

/** The bytes of a base45 text; null for what no bytes are written as. Every text has one meaning, and the other way round. */
export function decodeBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (character) => digitOf.get(character) ?? -1);
    if (digits.includes(-1)) return null;
    const value = digits.reduceRight((sum, digit) => sum * base + digit, 0);
    if (value > (digits.length === 3 ? 0xff_ff : 0xff)) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** The least significant digit comes first. */
function spell(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / base)) {
    text += alphabet.charAt(rest % base);
  }
  return text;
}
