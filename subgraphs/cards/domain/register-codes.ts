/** Every expected no of the register core, by use case. */
export const issueRefusalCodes = [
  'ISSUER_NOT_TAKING_PART',
  'HOLDER_TOO_YOUNG',
  'HOME_OUTSIDE_NETWORKS',
  'PILOT_ENDED',
  'CARD_CODE_MISTYPED',
  'CODE_ALREADY_ISSUED',
  'CODE_NOT_PRINTED',
  'TOO_MANY_MISSES',
] as const;
export type IssueRefusalCode = (typeof issueRefusalCodes)[number];

export const batchRefusalCodes = ['ISSUER_NOT_TAKING_PART'] as const;

export const renewRefusalCodes = [
  'CARD_CODE_MISTYPED',
  'RENEW_AT_ISSUING_UNIT',
  'TOO_MANY_MISSES',
  'CARD_SUSPENDED',
  'CARD_MERGED',
  'CARD_NOT_IN_USE',
  'ISSUER_NOT_TAKING_PART',
  'PILOT_ENDED',
  'RENEWAL_CHANGES_NOTHING',
] as const;
export type RenewRefusalCode = (typeof renewRefusalCodes)[number];

export const changeRefusalCodes = [
  'CARD_MERGED',
  'CARD_NOT_IN_USE',
  'HOLDER_TOO_YOUNG',
  'CARD_HAS_NO_HOLDER',
] as const;
export type ChangeRefusalCode = (typeof changeRefusalCodes)[number];

export const replaceRefusalCodes = [
  'CARD_SUSPENDED',
  'CARD_MERGED',
  'CARD_NOT_IN_USE',
  'CARD_CODE_MISTYPED',
  'CODE_ALREADY_ISSUED',
  'CODE_NOT_PRINTED',
  'TOO_MANY_MISSES',
] as const;
export type ReplaceRefusalCode = (typeof replaceRefusalCodes)[number];

export const mergeRefusalCodes = [
  'CARD_MERGED',
  'CARD_NOT_IN_USE',
  'MERGE_NEEDS_TWO_PERSONAL_CARDS',
] as const;
export type MergeRefusalCode = (typeof mergeRefusalCodes)[number];

export type RegisterRefusalCode =
  IssueRefusalCode | RenewRefusalCode | ChangeRefusalCode | ReplaceRefusalCode | MergeRefusalCode;
