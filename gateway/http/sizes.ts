/** What one request may be at most, in bytes. Source: ../shared/notes/security.md "Limits". */
export const maxBodyBytes = 100_000;
export const maxHeaderBytes = 8_192;
