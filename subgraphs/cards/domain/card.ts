import type { LocalDate } from '../../platform/units.ts';

/** A personal card has a holder; a community card belongs to the issuing organisation and its worker carries it. */
export type CardKind = 'PERSONAL' | 'COMMUNITY';

/** What the register was told about the card. Whether it has run out is a question of the date: see `cardStatus`. */
export type RegisteredStatus = 'ACTIVE' | 'SUSPENDED' | 'MERGED';

/** MERGED: another registration of the same holder has taken this one over. */
export type CardStatus = 'VALID' | 'SUSPENDED' | 'EXPIRED' | 'MERGED';

/** What a holder may tell of their situation, of their own free will. Words of a list, never a free text. */
export const backgrounds = [
  'EMPLOYED',
  'ENTREPRENEUR',
  'UNEMPLOYED',
  'STUDENT',
  'PENSIONER',
  'CARING_AT_HOME',
  'OTHER',
] as const;
export type Background = (typeof backgrounds)[number];

/** Why a card is taken out of use; LOST has its own way back, the replacement. */
export const suspendReasons = ['HOLDER_ASKED', 'MISUSE_SUSPECTED', 'OTHER'] as const;
export type SuspendReason = (typeof suspendReasons)[number];

export const correctReasons = ['TYPED_WRONG', 'TOLD_WRONG', 'SITUATION_CHANGED', 'OTHER'] as const;
export type CorrectReason = (typeof correctReasons)[number];

export const replaceReasons = ['LOST', 'DAMAGED', 'MISPRINTED', 'OTHER'] as const;
export type ReplaceReason = (typeof replaceReasons)[number];

/**
 * What happens to a registration between its periods. MERGED: taken over by another one. ABSORBED: took another one over.
 * ERASED: the holder was erased; the card is out of use for good.
 */
export const changeKinds = [
  'CORRECTED',
  'SUSPENDED',
  'RESUMED',
  'LOST',
  'REPLACED',
  'MERGED',
  'ABSORBED',
  'ERASED',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** By whom the card of an organisation is used. A purpose, not a person. */
export const communityUsers = ['WORKER', 'VOLUNTEER', 'STUDENT'] as const;
export type CommunityUser = (typeof communityUsers)[number];

/** Everything the register knows about a holder. Never a name, a personal identity code, a birth date or an address. */
export interface HolderFacts {
  readonly birthYear: number;
  readonly postcode: string;
  /** Own or same-household minor children. */
  readonly children: number;
  readonly grandchildren: number;
  /** Voluntary; left out when nothing was said. */
  readonly background?: readonly Background[];
}

/** One registration. Its id stays when the plastic is replaced, so that history and limits follow the holder. */
export interface Card {
  readonly id: string;
  readonly kind: CardKind;
  readonly status: RegisteredStatus;
  /** The Partner that gave the card: the most sensitive field of the register. */
  readonly issuerId: string;
  readonly issuedOn: LocalDate;
  /** The last day on which the card is valid. */
  readonly validUntil: LocalDate;
  /** Null for a community card, a merged registration, and one whose holder was unlinked. */
  readonly holder: HolderFacts | null;
}

/**
 * Whether nobody is left to whom a personal card belongs: its holder was erased, or unlinked a year after its last day. It
 * never comes back into use; whoever returns gets a new card.
 */
export function hasEnded({ kind, status, holder }: Pick<Card, 'kind' | 'status' | 'holder'>): boolean {
  return kind === 'PERSONAL' && status !== 'MERGED' && holder === null;
}

/** A suspended card says so even after its last day: the register's word comes before the calendar. */
export function cardStatus(card: Pick<Card, 'status' | 'validUntil'>, today: LocalDate): CardStatus {
  if (card.status !== 'ACTIVE') return card.status;
  return today > card.validUntil ? 'EXPIRED' : 'VALID';
}
