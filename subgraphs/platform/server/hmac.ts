import { hash } from 'node:crypto';

/** The block of SHA-256, in bytes. */
const block = 64;
const digest = 32;

/** HMAC-SHA256 of a text in ASCII and the bytes after it, as base64url. */
export type Hmac = (text: string, bytes: Buffer) => string;

/**
 * HMAC-SHA256 with one key (RFC 2104), made of two hashes that are one call each. `createHmac` would make native objects that
 * the garbage collector has to follow, which costs twice as much, and every fetch over HTTP is signed.
 */
export function hmacWith(secret: Buffer): Hmac {
  const key = secret.length > block ? hash('sha256', secret, 'buffer') : secret;
  const inner = padded(key, 0x36, block);
  const outer = padded(key, 0x5c, block + digest);
  return (text, bytes) => {
    const message = Buffer.allocUnsafe(block + text.length + bytes.length);
    message.set(inner);
    message.write(text, block, 'latin1');
    message.set(bytes, block + text.length);
    outer.write(hash('sha256', message, 'binary'), block, 'latin1');
    return hash('sha256', outer, 'base64url');
  };
}

function padded(key: Buffer, pad: number, length: number): Buffer {
  const bytes = Buffer.alloc(length, pad);
  for (const [index, byte] of key.entries()) bytes[index] = byte ^ pad;
  return bytes;
}
