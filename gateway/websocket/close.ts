/** Close codes of the graphql-transport-ws protocol (4xxx) and of RFC 6455 that this server sends. */
export const closeCode = {
  /** Going away: a client comes back by itself. */
  goingAway: 1001,
  badRequest: 4400,
  forbidden: 4403,
  internalError: 4500,
} as const;

/** A reason as it fits into a close frame: at most 123 bytes. */
export function closeReason(text: string): string {
  let reason = text;
  while (Buffer.byteLength(reason) > 123) reason = reason.slice(0, -1);
  return reason;
}
