import { pageArgs, viewerIndependent } from '../../platform/graphql/index.ts';
import { findVenueBySlug, listOfferings, listPerformances, listVenues } from '../service/lists.ts';
import type { Enums, VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

const reference = (id: string | null): { id: string } | null => (id === null ? null : { id });

export function addVenue(builder: VenuesBuilder, refs: Refs, enums: Enums): void {
  refs.venue.implement({
    description: 'A place, an ensemble or an association that gives tickets or courses on the card.',
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      slug: t.exposeString('slug', { ...viewerIndependent, description: 'Its name in addresses.' }),
      name: t.expose('name', { ...viewerIndependent, type: 'Text' }),
      kind: t.expose('kind', { ...viewerIndependent, type: enums.venueKind }),
      type: t.expose('type', { ...viewerIndependent, type: enums.venueType }),
      category: t.expose('category', { ...viewerIndependent, type: enums.venueCategory }),
      municipality: t.field({
        ...viewerIndependent,
        type: refs.municipality,
        nullable: true,
        resolve: ({ municipalityId }) => reference(municipalityId),
      }),
      locality: t.exposeString('locality', {
        ...viewerIndependent,
        nullable: true,
        description: 'The place as printed, where the source names no municipality.',
      }),
      network: t.field({
        ...viewerIndependent,
        type: refs.network,
        nullable: true,
        resolve: ({ networkId }) => reference(networkId),
      }),
      partner: t.field({
        ...viewerIndependent,
        type: refs.partner,
        nullable: true,
        description: 'Its part in a network; null for a pop-up venue and where no municipality is named.',
        resolve: ({ partnerId }) => reference(partnerId),
      }),
      popUpPeriod: t.exposeString('popUpPeriod', {
        ...viewerIndependent,
        nullable: true,
        description: 'As printed: `2024-2025`.',
      }),
      aliases: t.exposeStringList('aliases', { ...viewerIndependent, description: 'Other printed names.' }),
      source: t.exposeString('source', viewerIndependent),
      offerings: t.field({
        type: refs.offerings,
        args: pageArgs(t),
        resolve: ({ id }, args, { env, viewer }) => listOfferings(env, viewer, { venueId: id }, args),
      }),
      performances: t.field({
        type: refs.performances,
        description: 'By their start.',
        args: {
          ...pageArgs(t),
          from: t.arg({ type: 'DateTime', description: 'Those that end after this moment.' }),
          to: t.arg({ type: 'DateTime', description: 'Those that start before this moment.' }),
        },
        resolve: ({ id }, { from, to, ...args }, { env, viewer }) =>
          listPerformances(env, viewer, { venueId: id, from, to }, args),
      }),
    }),
  });
  builder.asEntity(refs.venue, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { loaders }) => loaders.venue.load(id),
  });

  builder.queryFields((t) => ({
    venue: t.field({
      type: refs.venue,
      nullable: true,
      description: 'By its id or by its slug.',
      args: { id: t.arg.id(), slug: t.arg.string() },
      resolve: (_, { id, slug }, { env, loaders }) =>
        id ? loaders.venue.load(id) : slug ? findVenueBySlug(env, slug) : null,
    }),
    venues: t.field({
      type: refs.venues,
      description: 'In Finnish alphabetical order.',
      args: {
        ...pageArgs(t),
        kind: t.arg({ type: enums.venueKind }),
        municipalityId: t.arg.id(),
        networkId: t.arg.id(),
        search: t.arg.string({ description: 'Letters anywhere in the name.' }),
      },
      resolve: (_, { first, after, ...filter }, { env }) => listVenues(env, filter, { first, after }),
    }),
  }));
}
