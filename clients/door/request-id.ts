/**
 * A new idempotency key: a UUIDv7 (RFC 9562), its time first, so that the server finds the keys of one evening side by side
 * in its index. Made of getRandomValues, which works on a test machine over plain HTTP too, unlike crypto.randomUUID.
 */
export function newRequestId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const hex = now.toString(16).padStart(12, '0') + random;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
