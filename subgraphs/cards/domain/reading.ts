import type { Role } from '../../platform/viewer.ts';
import type { IsoInstant } from '../../platform/units.ts';

/** Why somebody looked at a card. Shown to the holder in plain words. */
export const readPurposes = [
  /** The issuing unit, or the national centre, opened the card. */
  'CARD_OPENED',
  /** The card was shown at a venue. */
  'PRESENTED_AT_VENUE',
  /** An issuing unit showed the card on the holder's behalf. */
  'PRESENTED_FOR_HOLDER',
  /** The issuing unit printed the holder's sheet, or made a one-time code. */
  'SERVED_HOLDER',
] as const;
export type ReadPurpose = (typeof readPurposes)[number];

/** One look at a card: who, which fields, why. Never what stood in them. */
export interface Reading {
  readonly cardId: string;
  readonly actorRole: Role;
  /** The issuer, the venue or the network; null for the national centre and the product itself. */
  readonly organisationId: string | null;
  readonly purpose: ReadPurpose;
  /** Names of fields, such as `birthYear`. */
  readonly fields: readonly string[];
  readonly requestId: string;
  readonly at: IsoInstant;
}

/** What the holder is told of who looked: a kind of organisation, never which one and never which person. */
export const readerKinds = ['ISSUER', 'VENUE', 'NETWORK', 'NATIONAL', 'SERVICE'] as const;
export type ReaderKind = (typeof readerKinds)[number];

const readerOf = {
  ISSUER_STAFF: 'ISSUER',
  VENUE_STAFF: 'VENUE',
  DISPLAY: 'VENUE',
  COORDINATOR: 'NETWORK',
  NATIONAL: 'NATIONAL',
  ANONYMOUS: 'SERVICE',
  HOLDER: 'SERVICE',
  PARTNER_APP: 'SERVICE',
  SYSTEM: 'SERVICE',
} as const satisfies Readonly<Record<Role, ReaderKind>>;

export function readerKind(role: Role): ReaderKind {
  return readerOf[role];
}
