import type { Text } from '../../platform/text.ts';
import type { Genre, Offering, Performance, Venue } from '../domain/catalogue.ts';
import type { GenreTable, OfferingTable, PerformanceTable, VenueTable } from './tables.ts';

export function toVenue(row: VenueTable): Venue {
  return {
    id: row.id,
    slug: row.slug,
    name: { fi: row.name_fi, sv: row.name_sv, en: row.name_en },
    kind: row.kind,
    type: row.type,
    category: row.category,
    municipalityId: row.municipality_id,
    locality: row.locality,
    networkId: row.network_id,
    partnerId: row.partner_id,
    popUpPeriod: row.pop_up_period,
    aliases: JSON.parse(row.aliases) as string[],
    source: row.source,
  };
}

export function toGenre(row: GenreTable): Genre {
  return {
    id: row.id,
    key: row.key,
    parentId: row.parent_id,
    name: { fi: row.name_fi, sv: row.name_sv, en: row.name_en },
  };
}

export function toOffering(row: OfferingTable): Offering {
  return {
    id: row.id,
    venueId: row.venue_id,
    kind: row.kind,
    title: { fi: row.title_fi, sv: row.title_sv, en: row.title_en },
    description: textOf(row.description_fi, row.description_sv, row.description_en),
    published: row.published === 1,
    demo: row.demo === 1,
    oncePerProduction: row.once_per_production === 1,
  };
}

export function toPerformance(row: PerformanceTable): Performance {
  return {
    id: row.id,
    offeringId: row.offering_id,
    venueId: row.venue_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    status: row.status,
    tickets: row.tickets,
    ticketBasis: row.ticket_basis,
    redemptionWindow: row.redemption_window,
    windowDays: row.window_days,
    cancelUntilMinutes: row.cancel_until_minutes,
  };
}

/** Null when no language says anything. */
export function textOf(fi: string | null, sv: string | null, en: string | null): Text | null {
  return fi === null && sv === null && en === null ? null : { fi, sv, en };
}
