import { createHash, randomFillSync } from 'node:crypto';

let lastMillis = 0;
let counter = 0;

/** Random bytes for some hundred ids: asking the system for each id's few costs more than the rest of it. */
const pool = Buffer.alloc(4_096);
let taken = pool.length;

/** The next random bytes, as hexadecimal digits. */
function randomHex(bytes: number): string {
  if (taken + bytes > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += bytes;
  return pool.toString('hex', taken - bytes, taken);
}

/**
 * A UUIDv7 (RFC 9562): time first, so that new rows land at the end of an index. Within one process ids only grow,
 * also inside one millisecond and when the clock steps back.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMillis) {
    lastMillis = now;
    counter = Number.parseInt(randomHex(2), 16) & 0x3ff;
  } else if (++counter > 0xfff) {
    lastMillis += 1;
    counter = 0;
  }
  const time = lastMillis.toString(16).padStart(12, '0');
  const tail = randomHex(8);
  const variant = '89ab'.charAt(Number.parseInt(tail.charAt(0), 16) & 3);
  return hyphenated(`${time}7${counter.toString(16).padStart(3, '0')}${variant}${tail.slice(1)}`);
}

/**
 * The same id for the same words, in every subgraph: a UUIDv8 (RFC 9562) from a hash. For rows seeded from public
 * documents, which must join without one subgraph reading another's tables.
 */
export function stableId(...words: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hyphenated(hash.toString('hex'));
}

function hyphenated(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
