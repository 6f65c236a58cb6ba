import { costs, listOf, viewerIndependent } from '../../platform/graphql/index.ts';
import type { Venue } from '../domain/catalogue.ts';
import {
  accessibilityAnswers,
  accessibilityFacts,
  accessibilityOf,
  noVenueFacts,
  type Accessibility,
  type VenueFacts,
} from '../domain/venue-facts.ts';
import type { Loaders } from '../service/loaders.ts';
import type { Enums, VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export type VenueFactsEnums = ReturnType<typeof addVenueFacts>;

const factsOf = async ({ id }: Venue, loaders: Loaders): Promise<VenueFacts> =>
  (await loaders.venueFacts.load(id)) ?? noVenueFacts(id);

/** What a venue says of itself: where it is, how one gets in, whom of the organisation one asks. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addVenueFacts(builder: VenuesBuilder, refs: Refs, enums: Enums) {
  const fact = builder.enumType('AccessibilityFact', { values: accessibilityFacts });
  const answer = builder.enumType('AccessibilityAnswer', {
    description: 'UNKNOWN: nobody has said.',
    values: accessibilityAnswers,
  });
  const accessibility = builder.objectRef<Accessibility>('Accessibility').implement({
    ...costs(0),
    fields: (t) => ({
      fact: t.expose('fact', { ...viewerIndependent, type: fact }),
      answer: t.expose('answer', { ...viewerIndependent, type: answer }),
      note: t.expose('note', { ...viewerIndependent, type: 'Text', nullable: true }),
    }),
  });
  const coordinates = builder.objectRef<{ latitude: number; longitude: number }>('Coordinates').implement({
    ...costs(0),
    description: 'WGS 84, in degrees.',
    fields: (t) => ({
      latitude: t.exposeFloat('latitude', viewerIndependent),
      longitude: t.exposeFloat('longitude', viewerIndependent),
    }),
  });
  const period = builder.objectRef<{ from: string | null; to: string | null }>('PopUpPeriod').implement({
    ...costs(0),
    fields: (t) => ({
      from: t.expose('from', { ...viewerIndependent, type: 'Date', nullable: true }),
      to: t.expose('to', {
        ...viewerIndependent,
        type: 'Date',
        nullable: true,
        description: 'The last day.',
      }),
    }),
  });
  const year = builder.objectRef<{ year: number; networkId: string }>('VenueMembership').implement({
    ...costs(0),
    description: 'A calendar year in which the venue takes part.',
    fields: (t) => ({
      year: t.exposeInt('year', viewerIndependent),
      network: t.field({
        ...viewerIndependent,
        type: refs.network,
        resolve: ({ networkId }) => ({ id: networkId }),
      }),
    }),
  });

  builder.objectFields(refs.venue, (t) => {
    const text = (
      name: 'streetAddress' | 'postcode' | 'organisationEmail' | 'organisationPhone' | 'website',
      description: string,
    ) =>
      t.string({
        ...viewerIndependent,
        nullable: true,
        description,
        resolve: async (venue, _args, { loaders }) => (await factsOf(venue, loaders))[name],
      });
    return {
      categories: t.field({
        ...viewerIndependent,
        ...listOf(4),
        type: [enums.venueCategory],
        description: 'The first is the category in the statistics.',
        resolve: async (venue, _args, { loaders }) => [
          venue.category,
          ...(await factsOf(venue, loaders)).moreCategories.filter((each) => each !== venue.category),
        ],
      }),
      popUpDates: t.field({
        ...viewerIndependent,
        type: period,
        nullable: true,
        description: 'The period of a pop-up as days, where they are known.',
        resolve: async (venue, _args, { loaders }) => {
          const { popUpFrom: from, popUpTo: to } = await factsOf(venue, loaders);
          return from === null && to === null ? null : { from, to };
        },
      }),
      streetAddress: text('streetAddress', 'Where visitors come in.'),
      postcode: text('postcode', 'Of that address.'),
      coordinates: t.field({
        ...viewerIndependent,
        type: coordinates,
        nullable: true,
        resolve: async (venue, _args, { loaders }) => {
          const { latitude, longitude } = await factsOf(venue, loaders);
          return latitude === null || longitude === null ? null : { latitude, longitude };
        },
      }),
      organisationEmail: text('organisationEmail', "The organisation's own, never a person's."),
      organisationPhone: text('organisationPhone', "The organisation's own, never a person's."),
      website: text('website', 'An https address.'),
      description: t.field({
        ...viewerIndependent,
        type: 'Text',
        nullable: true,
        resolve: async (venue, _args, { loaders }) => (await factsOf(venue, loaders)).description,
      }),
      accessibility: t.field({
        ...viewerIndependent,
        ...listOf(accessibilityFacts.length),
        type: [accessibility],
        description: 'Every fact once, also those that nobody has answered.',
        resolve: async (venue, _args, { loaders }) => accessibilityOf(await factsOf(venue, loaders)),
      }),
      memberships: t.field({
        ...viewerIndependent,
        ...listOf(10),
        type: [year],
        description: 'As networks tells: empty for a pop-up.',
        resolve: ({ partnerId }, _args, { loaders }) =>
          partnerId === null ? [] : loaders.yearsOf.load(partnerId),
      }),
    };
  });
  return { fact, answer };
}
