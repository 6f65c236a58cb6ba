import { stableId } from '../../platform/ids.ts';
import { readCatalogue, readGenres, type CatalogueVenue } from '../data/catalogue.ts';
import { registerGenres, registerVenues, type NewVenue } from '../service/register-venues.ts';
import type { VenuesDatabase } from '../store/database.ts';

/** The id of a genre by its key: 'jazz'. */
export const genreId = (key: string): string => stableId('genre', key);

/** The id of a venue by its canonical name. */
export const venueId = (canonicalName: string): string => stableId('venue', canonicalName);

/** Registers the real venues of the documents and the genres. What is already there stays as it is. */
export async function loadCatalogue(database: VenuesDatabase): Promise<{ venues: number; genres: number }> {
  const genres = await registerGenres(
    database,
    readGenres().map(({ key, parent, name }) => ({
      id: genreId(key),
      key,
      parentId: parent === null ? null : genreId(parent),
      name,
    })),
  );
  return { genres, venues: await registerVenues(database, readCatalogue().map(newVenue)) };
}

/** Municipality, network and partner get the ids that the networks subgraph makes of the same printed words. */
function newVenue(venue: CatalogueVenue): NewVenue {
  const { municipality, network, canonicalName } = venue;
  const isPartner = municipality !== null && venue.kind === 'FIXED';
  return {
    id: venueId(canonicalName),
    slug: venue.slug,
    name: venue.name,
    kind: venue.kind,
    type: venue.type,
    category: venue.category,
    municipalityId: municipality === null ? null : stableId('municipality', municipality),
    locality: venue.locality,
    networkId: network === null ? null : stableId('network', network),
    partnerId: isPartner ? stableId('partner', 'venue', municipality, canonicalName) : null,
    popUpPeriod: venue.popUpPeriod,
    aliases: venue.aliases,
    source: venue.sources.join('; '),
  };
}
