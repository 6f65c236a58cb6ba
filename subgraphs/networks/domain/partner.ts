export const partnerRoles = ['ISSUER', 'VENUE'] as const;

export type PartnerRole = (typeof partnerRoles)[number];

/** An organisation's unit that takes part as issuer or venue. A public fact: no person is in it. */
export interface Partner {
  readonly id: string;
  readonly role: PartnerRole;
  /** The preferred one of the printed names. */
  readonly name: string;
  /** Parent organisation and unit, where the document prints them apart. */
  readonly organisation: string | null;
  readonly unit: string | null;
  /** Kind or category as printed; null where the document has none. */
  readonly kind: string | null;
  readonly municipalityId: string;
  readonly networkId: string;
  readonly source: string;
}

/** A year in which a document shows the partner taking part. */
export interface PartnerYear {
  readonly year: number;
  readonly source: string;
}

/** Another printing of the partner's name. */
export interface PartnerAlias {
  readonly printedAs: string;
  /** True: that both names mean one partner is our reading, not a document's word. */
  readonly inferred: boolean;
  readonly basis: string;
  readonly source: string;
}
