/** Close codes of the graphql-transport-ws protocol with which the gateway refuses who connects. */
export const closeCode = { badRequest: 4400, forbidden: 4403 } as const;

/** A reason as it fits into a close frame: at most 123 bytes. */
export function closeReason(text: string): string {
  let reason = text;
  while (Buffer.byteLength(reason) > 123) reason = reason.slice(0, -1);
  return reason;
}
