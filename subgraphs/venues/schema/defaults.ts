import { costs } from '../../platform/graphql/index.ts';
import { badInput } from '../../platform/errors.ts';
import type { VenueDefaults } from '../domain/defaults.ts';
import type { CapSuggestion } from '../domain/suggest-cap.ts';
import { capSuggestion, setVenueDefaults, venueDefaults, type DefaultsSet } from '../service/defaults.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

/** What a venue's new performances begin with, and a fair cap from its own past. */
export function addDefaults(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'venue' | 'performance'>,
  enums: Enums,
): void {
  const defaults = builder.objectRef<VenueDefaults>('VenueDefaults').implement({
    description: 'What new performances and offerings of a venue begin with; null: nothing said.',
    fields: (t) => ({
      cap: t.exposeInt('cap', { nullable: true }),
      redemptionWindow: t.expose('redemptionWindow', { type: enums.redemptionWindow, nullable: true }),
      windowDays: t.exposeInt('windowDays', { nullable: true, description: 'Only with DAYS_BEFORE.' }),
      oncePerProduction: t.exposeBoolean('oncePerProduction', { nullable: true }),
      ticketBasis: t.expose('ticketBasis', { type: enums.ticketBasis, nullable: true }),
      cancelUntilMinutes: t.exposeInt('cancelUntilMinutes', {
        nullable: true,
        description: 'Holders cancel until so many minutes before the start; null: until the end.',
      }),
    }),
  });
  const suggestion = builder.objectRef<CapSuggestion>('CapSuggestion').implement({
    description:
      'Room for everybody at nine performances of ten, turn-aways counted as wishes; never below the floor.',
    fields: (t) => ({
      cap: t.exposeInt('cap', {
        nullable: true,
        description: 'Null: too few performances to say anything, and no tickets to count a floor from.',
      }),
      floor: t.exposeInt('floor', { nullable: true }),
      performances: t.exposeInt('performances', { description: 'How many performances it is drawn from.' }),
      explanation: t.expose('explanation', { type: 'Text' }),
    }),
  });
  builder.objectFields(refs.venue, (t) => ({
    defaults: t.field({
      ...costs(1),
      type: defaults,
      nullable: true,
      description: 'For its staff, else null.',
      resolve: ({ id }, _args, { env, viewer }) => venueDefaults(env, viewer, id),
    }),
    capSuggestion: t.field({
      ...costs(10),
      type: suggestion,
      nullable: true,
      description: 'A fair cap, from the last year. For its staff, else null.',
      args: {
        tickets: t.arg.int({ description: 'Of the performance, for the floor; left out: not known.' }),
      },
      resolve: ({ id }, { tickets = null }, { env, viewer }) => {
        if (tickets !== null && (tickets < 0 || tickets > 1_000_000)) {
          throw badInput('tickets is a whole number from 0 to 1000000.');
        }
        return capSuggestion(env, viewer, id, tickets);
      },
    }),
  }));
  builder.objectField(refs.performance, 'windowDays', (t) =>
    t.int({
      nullable: true,
      description: 'Only with DAYS_BEFORE: how many days before the performance tickets may be redeemed.',
      resolve: ({ windowDays }) => windowDays ?? null,
    }),
  );

  const payload = builder.objectRef<DefaultsSet>('VenueDefaultsSet').implement({
    fields: (t) => ({
      venue: t.expose('venue', { type: refs.venue }),
      defaults: t.expose('defaults', { type: defaults }),
      warnings: t.expose('warnings', {
        type: ['Text'],
        description: 'Above how many tickets the cap breaks the floor.',
      }),
    }),
  });
  const input = builder.inputType('SetVenueDefaultsInput', {
    description: 'A field that is left out stays as it was; null takes it away.',
    fields: (t) => ({
      venueId: t.id({ required: true }),
      cap: t.int({ description: 'Most card tickets of a performance.' }),
      redemptionWindow: t.field({ type: enums.redemptionWindow }),
      windowDays: t.int({ description: '0 to 366, with DAYS_BEFORE.' }),
      oncePerProduction: t.boolean(),
      ticketBasis: t.field({ type: enums.ticketBasis }),
      cancelUntilMinutes: t.int({ description: 'Before the start, 0 to 43200.' }),
    }),
  });
  builder.mutationField('setVenueDefaults', (t) =>
    t.field({
      type: payload,
      description:
        'For the staff of the venue: what its new performances begin with. The old ones stay as they are.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, setVenueDefaults(context.env, context.viewer, wish)),
    }),
  );
}
