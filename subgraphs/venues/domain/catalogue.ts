import type { Text } from '../../platform/text.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type {
  OfferingKind,
  PerformanceStatus,
  RedemptionWindow,
  TicketBasis,
  VenueCategory,
  VenueKind,
  VenueType,
} from './words.ts';

/** A venue as the catalogue knows it. Municipality, network and partner are opaque ids of the networks subgraph. */
export interface Venue {
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
  readonly kind: VenueKind;
  readonly type: VenueType;
  readonly category: VenueCategory;
  readonly municipalityId: string | null;
  /** Place as printed in the source when no municipality is named there. */
  readonly locality: string | null;
  readonly networkId: string | null;
  readonly partnerId: string | null;
  /** Period as printed ('2024-2025'); only pop-up venues have one. */
  readonly popUpPeriod: string | null;
  /** Other printed names. */
  readonly aliases: readonly string[];
  readonly source: string;
}

export interface Genre {
  readonly id: string;
  /** Stable word in code and links: 'jazz'. */
  readonly key: string;
  readonly parentId: string | null;
  readonly name: Text;
}

/** What a venue gives. */
export interface Offering {
  readonly id: string;
  readonly venueId: string;
  readonly kind: OfferingKind;
  readonly title: Text;
  readonly description: Text | null;
  readonly published: boolean;
  /** True: made up for the demo season. */
  readonly demo: boolean;
  /** One card sees this production once, whichever performance. */
  readonly oncePerProduction: boolean;
}

/** One date of an offering. */
export interface Performance {
  readonly id: string;
  readonly offeringId: string;
  readonly venueId: string;
  readonly startsAt: IsoInstant;
  readonly endsAt: IsoInstant;
  readonly status: PerformanceStatus;
  /** Tickets the floor of the cap is counted from; null: not known. */
  readonly tickets: TicketCount | null;
  readonly ticketBasis: TicketBasis | null;
  /** The venue's own choice; null: what the rules in force say. */
  readonly redemptionWindow: RedemptionWindow | null;
  /** Only with DAYS_BEFORE: how many days before the performance tickets may be redeemed. */
  readonly windowDays?: number | null;
  /** Holders cancel until so many minutes before the start; null: until the end. */
  readonly cancelUntilMinutes?: number | null;
}

export type NewVenue = Venue;
export type NewGenre = Genre;

export interface NewPerformance {
  readonly id: string;
  readonly startsAt: IsoInstant;
  readonly endsAt: IsoInstant;
  readonly tickets: TicketCount | null;
  readonly ticketBasis: TicketBasis | null;
  /** Most card tickets; null: no cap; left out: the venue's default. */
  readonly cap?: TicketCount | null | undefined;
  /** Null: what the rules say; left out: the venue's default. */
  readonly redemptionWindow?: RedemptionWindow | null;
  readonly windowDays?: number | null;
  /** Left out: the venue's default. */
  readonly cancelUntilMinutes?: number | null;
}

export interface NewOffering extends Offering {
  readonly genreIds: readonly string[];
  readonly performances: readonly NewPerformance[];
}
