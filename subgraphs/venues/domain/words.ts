/** The field's words as closed lists: the database, the schema and the rules all take them from here. */

export const venueKinds = ['FIXED', 'POP_UP'] as const;
export type VenueKind = (typeof venueKinds)[number];

export const venueTypes = [
  'MUSEUM',
  'THEATRE',
  'MUSIC',
  'FESTIVAL',
  'CINEMA',
  'COURSE_PROVIDER',
  'SWIMMING_HALL',
  'SPORTS_CLUB',
  'ART_CENTRE',
  'SCIENCE_CENTRE',
  'DANCE',
  'CITY_SERVICE',
  'OTHER',
] as const;
export type VenueType = (typeof venueTypes)[number];

/** The four categories of the national statistics. */
export const venueCategories = ['CULTURE', 'EDUCATION', 'SCIENCE', 'SPORT'] as const;
export type VenueCategory = (typeof venueCategories)[number];

export const offeringKinds = ['PRODUCTION', 'COURSE', 'OPEN_ENTRY', 'SERIES_PASS', 'FEE_BENEFIT'] as const;
export type OfferingKind = (typeof offeringKinds)[number];

export const performanceStatuses = ['SCHEDULED', 'CANCELLED'] as const;
export type PerformanceStatus = (typeof performanceStatuses)[number];

/** What a performance's `tickets` counts: seats of the room, or tickets on sale. */
export const ticketBases = ['CAPACITY', 'ON_SALE'] as const;
export type TicketBasis = (typeof ticketBases)[number];

/** When a ticket may be redeemed: any time before the end, only on the local date of the performance, or from so many days before it. */
export const redemptionWindows = ['ANY_TIME', 'SAME_DAY', 'DAYS_BEFORE'] as const;
export type RedemptionWindow = (typeof redemptionWindows)[number];

export const redemptionStatuses = ['VALID', 'CANCELLED'] as const;
export type RedemptionStatus = (typeof redemptionStatuses)[number];

/** HELD keeps places of the cap for somebody, RELEASED gives back what is left of them; the others are as they say. */
export const ledgerEntryKinds = ['CAP_SET', 'REDEEMED', 'CANCELLED', 'HELD', 'RELEASED'] as const;
export type LedgerEntryKind = (typeof ledgerEntryKinds)[number];

/** What a venue does with a cap that several performances share. */
export const poolChangeKinds = ['CAP_SET', 'JOINED', 'LEFT', 'REMOVED'] as const;
export type PoolChangeKind = (typeof poolChangeKinds)[number];

/** Whom places are held for: a known group, a device that works without a network, or a family on the waiting list. */
export const holdKinds = ['GROUP', 'OFFLINE_SLICE', 'WAITING_OFFER'] as const;
export type HoldKind = (typeof holdKinds)[number];

/** LEFT: on its own, or with tickets from the door; EXPIRED: an offer was not answered; CANCELLED: with its performance. */
export const waitingStatuses = [
  'WAITING',
  'OFFERED',
  'ACCEPTED',
  'LEFT',
  'DECLINED',
  'EXPIRED',
  'CANCELLED',
] as const;
export type WaitingStatus = (typeof waitingStatuses)[number];

export const holdStatuses = ['OPEN', 'CLOSED'] as const;
export type HoldStatus = (typeof holdStatuses)[number];

/** What is recounted: what has a ledger of its own, and the years of a fee benefit's cards. */
export const verifiedKinds = ['PERFORMANCE', 'SHARED_CAP', 'PASS', 'FEE_BENEFIT'] as const;
export type VerifiedKind = (typeof verifiedKinds)[number];
