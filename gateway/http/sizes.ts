/** What one request may be at most, in bytes and in milliseconds until it has arrived. Source: ../shared/notes/security.md "Limits". */
export const maxBodyBytes = 100_000;
export const maxHeaderBytes = 8_192;
export const standardRequestTimeoutMs = 10_000;
