/** What an operation may be at most, on every entry. Source: ../shared/notes/security.md "Limits". */
export const limits = {
  tokens: 2_000,
  depth: 12,
  /** Lists and objects inside of each other in one variable. */
  variableDepth: 50,
  aliases: 30,
  rootFields: 10,
  directives: 8,
  /** Items of one list, asked for or sent. */
  listItems: 1_000,
  /** In objects, as `cost/` counts them. */
  cost: 2_000,
} as const;

/** What viewers and addresses may do within a time. A number may be Infinity. */
export interface EntryLimits {
  /** WebSockets that one network address may have open. */
  readonly socketsPerAddress: number;
  /** How long a cost budget lasts, in seconds. */
  readonly budgetSeconds: number;
  /**
   * Cost that one network address may ask for in that time, as long as it does not say who it is. A display asks for some
   * 100 when it connects and for nothing afterwards.
   */
  readonly addressBudget: number;
  /** Cost that one viewer who says who it is may ask for in that time. A busy desk asks for some 3 000 in a minute. */
  readonly viewerBudget: number;
}

export const standardEntryLimits: EntryLimits = {
  socketsPerAddress: 50,
  budgetSeconds: 60,
  addressBudget: 200_000,
  viewerBudget: 1_000_000,
};
