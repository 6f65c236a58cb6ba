import { forbidden } from '../../platform/errors.ts';
import type { Page, PageArgs } from '../../platform/pagination.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Genre, Offering, Performance, Venue } from '../domain/catalogue.ts';
import { policy, visibilityOf } from '../domain/policy.ts';
import { checkSearch } from '../domain/request.ts';
import type { Redemption } from '../domain/redemption.ts';
import * as offerings from '../store/offerings.ts';
import { listOfCard } from '../store/redemptions.ts';
import * as venues from '../store/venues.ts';
import type { Environment } from './environment.ts';

/** Venues are public. */
export async function listVenues(
  { database }: Environment,
  filter: venues.VenueFilter,
  args: PageArgs,
): Promise<Page<Venue>> {
  checkSearch(filter.search);
  return venues.listVenues(database.reader, filter, args);
}

export async function findVenueBySlug({ database }: Environment, slug: string): Promise<Venue | null> {
  return venues.findVenueBySlug(database.reader, slug);
}

export async function listGenres({ database }: Environment): Promise<Genre[]> {
  return venues.listGenres(database.reader);
}

/** Offerings that this viewer may see. */
export async function listOfferings(
  { database }: Environment,
  viewer: Viewer,
  filter: offerings.OfferingFilter,
  args: PageArgs,
): Promise<Page<Offering>> {
  checkSearch(filter.search);
  return offerings.listOfferings(database.reader, filter, visibilityOf(viewer), args);
}

/** Performances of the offerings that this viewer may see. */
export async function listPerformances(
  { database }: Environment,
  viewer: Viewer,
  filter: offerings.PerformanceFilter,
  args: PageArgs,
): Promise<Page<Performance>> {
  return offerings.listPerformances(database.reader, filter, visibilityOf(viewer), args);
}

/** A card's uses, for its holder alone. Throws FORBIDDEN. */
export async function listCardRedemptions(
  { database }: Environment,
  viewer: Viewer,
  cardId: string,
  args: PageArgs,
): Promise<Page<Redemption>> {
  if (!policy.readCardRedemptions(viewer, cardId)) throw forbidden();
  return listOfCard(database.reader, cardId, args);
}
