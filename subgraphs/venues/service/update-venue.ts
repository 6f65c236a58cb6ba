import { forbidden, notFound } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Venue } from '../domain/catalogue.ts';
import { checkText, longestTitle } from '../domain/check-values.ts';
import { policy } from '../domain/policy.ts';
import { refuseProblems } from '../domain/problem.ts';
import { checkVenueFacts, noVenueFacts, type VenueFacts } from '../domain/venue-facts.ts';
import type { VenueCategory, VenueType } from '../domain/words.ts';
import { findVenueFacts, lockVenue, saveVenue, saveVenueFacts } from '../store/venue-facts.ts';
import { findVenues } from '../store/venues.ts';
import type { Environment } from './environment.ts';
import { given, kept } from './given.ts';

type Change<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | null | undefined };

/** What is left out stays; null takes away what may be empty. */
export interface UpdateVenueInput extends Change<
  Omit<VenueFacts, 'venueId' | 'moreCategories' | 'accessibility'>
> {
  readonly venueId: string;
  readonly name?: Text | null | undefined;
  readonly type?: VenueType | null | undefined;
  /** The first is the venue's main category in the statistics. */
  readonly categories?: readonly VenueCategory[] | null | undefined;
  readonly accessibility?: VenueFacts['accessibility'] | null | undefined;
}

/** Changes what is said of a venue. Throws FORBIDDEN, NOT_FOUND, BAD_INPUT (facts.problem). */
export async function updateVenue(env: Environment, viewer: Viewer, input: UpdateVenueInput): Promise<Venue> {
  if (!policy.knowVenues(viewer)) throw forbidden();
  const { venueId } = input;
  const found = await findVenues(env.database.reader, [venueId]);
  if (!found[0]) throw notFound('Venue', venueId);
  if (!policy.updateVenue(viewer, found[0])) throw forbidden();

  return env.database.write(async (trx) => {
    await lockVenue(trx, venueId);
    const [before] = await findVenues(trx, [venueId]);
    if (!before) throw notFound('Venue', venueId);
    const [facts] = await findVenueFacts(trx, [venueId]);
    const [category = before.category, ...moreCategories] = [...new Set(input.categories ?? [])];
    const venue: Venue = {
      ...before,
      name: kept(input.name, before.name),
      type: kept(input.type, before.type),
      category,
    };
    const changed = changedFacts(
      facts ?? noVenueFacts(venueId),
      input,
      input.categories ? moreCategories : null,
    );
    refuseProblems([...checkText(venue.name, 'name', longestTitle, true), ...checkVenueFacts(changed)]);
    await saveVenue(trx, venue);
    await saveVenueFacts(trx, changed, env.clock.now().toISOString());
    return venue;
  });
}

function changedFacts(
  before: VenueFacts,
  input: UpdateVenueInput,
  moreCategories: readonly VenueCategory[] | null,
): VenueFacts {
  return {
    venueId: before.venueId,
    popUpFrom: given(input.popUpFrom, before.popUpFrom),
    popUpTo: given(input.popUpTo, before.popUpTo),
    moreCategories: moreCategories ?? before.moreCategories,
    streetAddress: given(input.streetAddress, before.streetAddress),
    postcode: given(input.postcode, before.postcode),
    latitude: given(input.latitude, before.latitude),
    longitude: given(input.longitude, before.longitude),
    organisationEmail: given(input.organisationEmail, before.organisationEmail),
    organisationPhone: given(input.organisationPhone, before.organisationPhone),
    website: given(input.website, before.website),
    description: given(input.description, before.description),
    accessibility: kept(input.accessibility, before.accessibility),
  };
}
