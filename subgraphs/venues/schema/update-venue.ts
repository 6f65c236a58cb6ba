import { admitPopUp } from '../service/admit-pop-up.ts';
import { updateVenue } from '../service/update-venue.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import { readText, readTextChange, type Inputs } from './inputs.ts';
import type { Refs } from './refs.ts';
import type { VenueFactsEnums } from './venue-facts.ts';

export function addUpdateVenue(
  builder: VenuesBuilder,
  refs: Refs,
  enums: Enums,
  { text }: Inputs,
  { fact, answer }: VenueFactsEnums,
): void {
  const accessibility = builder.inputType('AccessibilityInput', {
    fields: (t) => ({
      fact: t.field({ type: fact, required: true }),
      answer: t.field({ type: answer, required: true }),
      note: t.field({ type: text }),
    }),
  });
  const input = builder.inputType('UpdateVenueInput', {
    description:
      'What is left out stays as it is; null takes away what may be empty. Lists are replaced whole.',
    fields: (t) => ({
      venueId: t.id({ required: true }),
      name: t.field({ type: text }),
      type: t.field({ type: enums.venueType }),
      categories: t.field({
        type: [enums.venueCategory],
        description: 'The first is that of the statistics.',
      }),
      popUpFrom: t.field({ type: 'Date' }),
      popUpTo: t.field({ type: 'Date', description: 'The last day.' }),
      streetAddress: t.string(),
      postcode: t.string(),
      latitude: t.float(),
      longitude: t.float(),
      organisationEmail: t.string({ description: "The organisation's own, never a person's." }),
      organisationPhone: t.string({ description: "The organisation's own, never a person's." }),
      website: t.string({ description: 'Begins with https://.' }),
      description: t.field({ type: text }),
      accessibility: t.field({ type: [accessibility] }),
    }),
  });
  const admitInput = builder.inputType('AdmitPopUpInput', {
    fields: (t) => ({
      venueId: t.id({ required: true }),
      municipalityId: t.id({ required: true }),
      networkId: t.id({ required: true }),
      partnerId: t.id({ required: true, description: "The venue's partner in the network." }),
    }),
  });
  builder.mutationFields((t) => ({
    updateVenue: t.field({
      type: refs.venue,
      description: "For the venue's staff, the coordinators of its network and the national centre.",
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: { name, description, accessibility: sent, ...rest } }, context) =>
        changing(
          context,
          updateVenue(context.env, context.viewer, {
            ...rest,
            name: name && readText(name),
            description: readTextChange(description),
            accessibility: sent?.map(({ note, ...each }) => ({
              ...each,
              note: readTextChange(note) ?? null,
            })),
          }),
        ),
    }),
    admitPopUp: t.field({
      type: refs.venue,
      description:
        'For the national centre: a pop-up whose municipality has joined a network becomes an ordinary venue. It happens by ' +
        'itself when networks registers a partner under its name.',
      args: { input: t.arg({ type: admitInput, required: true }) },
      resolve: (_, { input }, context) => changing(context, admitPopUp(context.env, context.viewer, input)),
    }),
  }));
}
