import { hash } from 'node:crypto';

/** SHA-256 in hexadecimal. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/** SHA-256 in base64url, as cards marks a presentation. */
export function sha256Base64url(text: string): string {
  return hash('sha256', text, 'base64url');
}
