import { costs, listOf, viewerIndependent } from '../../platform/graphql/index.ts';
import type { Offering } from '../domain/catalogue.ts';
import { feeKinds, type FeeLimit } from '../domain/fee.ts';
import {
  noFacts,
  offeringStates,
  stateOf,
  type Image,
  type OfferingFacts,
} from '../domain/offering-facts.ts';
import type { OpeningException, OpeningHours } from '../domain/opening-hours.ts';
import type { Span } from '../domain/recurrence.ts';
import { holderPays, type CourseTerms, type PassTerms } from '../domain/terms.ts';
import type { Loaders } from '../service/loaders.ts';
import type { VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export type OfferingFactsEnums = ReturnType<typeof addOfferingFacts>;

const factsOf = async ({ id }: Offering, loaders: Loaders): Promise<OfferingFacts> =>
  (await loaders.offeringFacts.load(id)) ?? noFacts(id);

/** What an offering says besides its title: for whom, in which language, images, and the terms of its kind. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addOfferingFacts(builder: VenuesBuilder, refs: Refs) {
  const feeKind = builder.enumType('FeeKind', { values: feeKinds });
  const state = builder.enumType('OfferingState', {
    description: 'DRAFT: never shown to holders. UNPUBLISHED: it was.',
    values: offeringStates,
  });
  const { course, hours, exception, pass, feeLimit, image } = addTerms(builder, feeKind);
  const own = viewerIndependent;
  builder.objectFields(refs.offering, (t) => ({
    state: t.field({
      ...own,
      type: state,
      resolve: async (offering, _args, { loaders }) =>
        stateOf(offering.published, await factsOf(offering, loaders)),
    }),
    ageFrom: t.int({
      ...own,
      nullable: true,
      resolve: async (offering, _args, { loaders }) => (await factsOf(offering, loaders)).ageFrom,
    }),
    ageTo: t.int({
      ...own,
      nullable: true,
      resolve: async (offering, _args, { loaders }) => (await factsOf(offering, loaders)).ageTo,
    }),
    languages: t.stringList({
      ...own,
      description: 'ISO 639 codes. Empty: not said, or without words.',
      resolve: async (offering, _args, { loaders }) => [...(await factsOf(offering, loaders)).languages],
    }),
    images: t.field({
      ...own,
      ...listOf(2),
      type: [image],
      resolve: async (offering, _args, { loaders }) => (await factsOf(offering, loaders)).images,
    }),
    course: t.field({
      ...own,
      type: course,
      nullable: true,
      description: 'For a COURSE.',
      resolve: async (offering, _args, { loaders }) => (await factsOf(offering, loaders)).terms.course,
    }),
    openingHours: t.field({
      ...own,
      ...listOf(7),
      type: [hours],
      description: 'For OPEN_ENTRY: nobody books.',
      resolve: async (offering, _args, { loaders }) =>
        (await factsOf(offering, loaders)).terms.opening?.hours ?? [],
    }),
    openingExceptions: t.field({
      ...own,
      ...listOf(10),
      type: [exception],
      description: 'Days that are unlike their weekday.',
      resolve: async (offering, _args, { loaders }) =>
        (await factsOf(offering, loaders)).terms.opening?.exceptions ?? [],
    }),
    seriesPass: t.field({
      ...own,
      type: pass,
      nullable: true,
      description: 'For a SERIES_PASS.',
      resolve: async (offering, _args, { loaders }) => (await factsOf(offering, loaders)).terms.pass,
    }),
    feeLimits: t.field({
      ...own,
      ...listOf(4),
      type: [feeLimit],
      description: 'For a FEE_BENEFIT: how much of each fee the card covers.',
      resolve: async (offering, _args, { loaders }) => (await factsOf(offering, loaders)).terms.fees,
    }),
  }));
  return { feeKind };
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the references' types
function addTerms(
  builder: VenuesBuilder,
  feeKind: ReturnType<typeof builder.enumType<'FeeKind', typeof feeKinds>>,
) {
  const own = viewerIndependent;
  const session = builder.objectRef<Span>('CourseSession').implement({
    ...costs(0),
    fields: (t) => ({
      startsAt: t.expose('startsAt', { ...own, type: 'DateTime' }),
      endsAt: t.expose('endsAt', { ...own, type: 'DateTime' }),
    }),
  });
  const course = builder.objectRef<CourseTerms>('CourseTerms').implement({
    ...costs(0),
    description: 'Its one performance runs from the first session to the end of the last.',
    fields: (t) => ({
      sessions: t.expose('sessions', { ...own, ...listOf(12), type: [session] }),
      enrolFrom: t.expose('enrolFrom', { ...own, type: 'DateTime', nullable: true }),
      enrolTo: t.expose('enrolTo', { ...own, type: 'DateTime', nullable: true }),
      feeCents: t.exposeInt('feeCents', { ...own, description: 'Of one place, without the card.' }),
      feeCeilingCents: t.exposeInt('feeCeilingCents', {
        ...own,
        nullable: true,
        description: 'The most that the card covers; null: all of it.',
      }),
      holderPaysCents: t.int({
        ...own,
        description: 'What is left for the holder to pay.',
        resolve: holderPays,
      }),
      places: t.exposeInt('places', { ...own, nullable: true }),
    }),
  });
  const hours = builder.objectRef<OpeningHours>('OpeningHours').implement({
    ...costs(0),
    fields: (t) => ({
      weekday: t.int({ ...own, description: '1 is Monday.', resolve: ({ weekday }) => weekday }),
      opens: t.exposeString('opens', { ...own, description: 'Helsinki time: `10:00`.' }),
      closes: t.exposeString('closes', { ...own, description: '`24:00` is the end of the day.' }),
    }),
  });
  const exception = builder.objectRef<OpeningException>('OpeningException').implement({
    ...costs(0),
    description: 'Without times it is closed.',
    fields: (t) => ({
      date: t.expose('date', { ...own, type: 'Date' }),
      opens: t.exposeString('opens', { ...own, nullable: true }),
      closes: t.exposeString('closes', { ...own, nullable: true }),
      note: t.expose('note', { ...own, type: 'Text', nullable: true }),
    }),
  });
  const pass = builder.objectRef<PassTerms>('SeriesPassTerms').implement({
    ...costs(0),
    description: 'Either validDays or validUntil is there.',
    fields: (t) => ({
      visits: t.exposeInt('visits', own),
      validDays: t.exposeInt('validDays', {
        ...own,
        nullable: true,
        description: 'From the day it is given.',
      }),
      validUntil: t.expose('validUntil', { ...own, type: 'Date', nullable: true }),
    }),
  });
  const feeLimit = builder.objectRef<FeeLimit>('FeeLimit').implement({
    ...costs(0),
    fields: (t) => ({
      fee: t.expose('fee', { ...own, type: feeKind }),
      perUseCents: t.exposeInt('perUseCents', own),
      perYearCents: t.exposeInt('perYearCents', {
        ...own,
        nullable: true,
        description: 'Of one card in a calendar year; null: no such limit.',
      }),
    }),
  });
  const image = builder.objectRef<Image>('OfferingImage').implement({
    ...costs(0),
    fields: (t) => ({
      url: t.exposeString('url', { ...own, description: 'Begins with https://.' }),
      alt: t.expose('alt', { ...own, type: 'Text', description: 'What it shows, in all three languages.' }),
    }),
  });
  return { course, hours, exception, pass, feeLimit, image };
}
