import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 in base64url, as cards marks a presentation. */
export function sha256Base64url(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
