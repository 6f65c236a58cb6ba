import type { LocalDate } from '../../platform/units.ts';

/** A personal card has a holder; a community card belongs to the issuing organisation and its worker carries it. */
export type CardKind = 'PERSONAL' | 'COMMUNITY';

/** What the register was told about the card. Whether it has run out is a question of the date: see `cardStatus`. */
export type RegisteredStatus = 'ACTIVE' | 'SUSPENDED';

export type CardStatus = 'VALID' | 'SUSPENDED' | 'EXPIRED';

/** Everything the register knows about a holder. Never a name, a personal identity code, a birth date or an address. */
export interface HolderFacts {
  readonly birthYear: number;
  readonly postcode: string;
  /** Own or same-household minor children. */
  readonly children: number;
  readonly grandchildren: number;
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
  /** Null for a community card. */
  readonly holder: HolderFacts | null;
}

/** A suspended card says so even after its last day: the register's word comes before the calendar. */
export function cardStatus(card: Card, today: LocalDate): CardStatus {
  if (card.status === 'SUSPENDED') return 'SUSPENDED';
  return today > card.validUntil ? 'EXPIRED' : 'VALID';
}
