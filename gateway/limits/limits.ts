/** What an operation may be at most, on every entry. Source: ../shared/notes/security.md "Limits". */
export const limits = {
  tokens: 2_000,
  depth: 12,
  aliases: 30,
  rootFields: 10,
} as const;
