import { costs, listOf, pageArgs, viewerIndependent } from '../../platform/graphql/index.ts';
import { found } from '../service/found.ts';
import { listGenres, listOfferings, listPerformances } from '../service/lists.ts';
import type { Enums, VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addOffering(builder: VenuesBuilder, refs: Refs, enums: Enums): void {
  refs.genre.implement({
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      key: t.exposeString('key', { ...viewerIndependent, description: 'A stable word: `jazz`.' }),
      name: t.expose('name', { ...viewerIndependent, type: 'Text' }),
      parentId: t.exposeID('parentId', {
        ...viewerIndependent,
        nullable: true,
        description: 'The genre that it is a sub-genre of.',
      }),
    }),
  });
  refs.offering.implement({
    description:
      'What a venue gives: a production with performances, a course, open entry, a series pass, a fee benefit.',
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      kind: t.expose('kind', { ...viewerIndependent, type: enums.offeringKind }),
      title: t.expose('title', { ...viewerIndependent, type: 'Text' }),
      description: t.expose('description', { ...viewerIndependent, type: 'Text', nullable: true }),
      venue: t.field({
        ...viewerIndependent,
        type: refs.venue,
        resolve: ({ venueId }, _args, { loaders }) => found(loaders.venue.load(venueId)),
      }),
      genres: t.field({
        ...viewerIndependent,
        ...listOf(3),
        type: [refs.genre],
        resolve: ({ id }, _args, { loaders }) => loaders.genresOf.load(id),
      }),
      published: t.exposeBoolean('published', viewerIndependent),
      demo: t.exposeBoolean('demo', {
        ...viewerIndependent,
        description: 'True: made up for the demo season.',
      }),
      oncePerProduction: t.exposeBoolean('oncePerProduction', {
        ...viewerIndependent,
        description: 'One card sees it once, whichever performance.',
      }),
      nextPerformance: t.field({
        ...costs(2),
        type: refs.performance,
        nullable: true,
        description: 'The first that has not ended and is not cancelled.',
        resolve: ({ id }, _args, { loaders }) => loaders.nextPerformance.load(id),
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
          listPerformances(env, viewer, { offeringId: id, from, to }, args),
      }),
    }),
  });
  builder.asEntity(refs.offering, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { loaders }) => loaders.visibleOffering(id),
  });

  builder.queryFields((t) => ({
    offering: t.field({
      type: refs.offering,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }, { loaders }) => loaders.visibleOffering(id),
    }),
    offerings: t.field({
      type: refs.offerings,
      description:
        'In Finnish alphabetical order of the titles. What is not published is seen by its venue alone.',
      args: {
        ...pageArgs(t),
        venueId: t.arg.id(),
        kind: t.arg({ type: enums.offeringKind }),
        municipalityId: t.arg.id(),
        genre: t.arg.id({ description: 'The id of a genre; its sub-genres count too.' }),
        search: t.arg.string({ description: 'Letters anywhere in the title.' }),
      },
      resolve: (_, { first, after, genre, ...filter }, { env, viewer }) =>
        listOfferings(env, viewer, { ...filter, genreId: genre }, { first, after }),
    }),
    genres: t.field({
      ...listOf(50),
      type: [refs.genre],
      description: 'All genres and sub-genres.',
      resolve: (_, _args, { env }) => listGenres(env),
    }),
  }));
}
