import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';

export interface VenueSummary {
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
  readonly municipality: { readonly name: Text } | null;
  /** The place as printed, for a pop-up outside every network. */
  readonly locality: string | null;
}

export const venueBySlug = operation<{ slug: string }, { venue: VenueSummary | null }>(`
  query VenueBySlug($slug: String!) {
    venue(slug: $slug) { id slug name { fi sv en } municipality { name { fi sv en } } locality }
  }
`);

export const venueById = operation<{ id: string }, { venue: VenueSummary | null }>(`
  query VenueById($id: ID!) {
    venue(id: $id) { id slug name { fi sv en } municipality { name { fi sv en } } locality }
  }
`);

export interface VenuePage {
  readonly venues: {
    readonly totalCount: number;
    readonly nodes: readonly VenueSummary[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** One page of venues whose name contains the search text. */
export const searchVenues = operation<{ search: string | null; after: string | null }, VenuePage>(`
  query SearchVenues($search: String, $after: String) {
    venues(first: 12, after: $after, search: $search) {
      totalCount
      nodes { id slug name { fi sv en } municipality { name { fi sv en } } locality }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
