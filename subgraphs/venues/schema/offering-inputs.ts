import type { OfferingFacts } from '../domain/offering-facts.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import type { Terms } from '../domain/terms.ts';
import { noDates, type DatesWish } from '../domain/wish.ts';
import type { Enums, VenuesBuilder } from './builder.ts';
import { readText, readTextChange, type Inputs } from './inputs.ts';
import type { OfferingFactsEnums } from './offering-facts.ts';

export type OfferingInputs = ReturnType<typeof addOfferingInputs>;

/** The inputs that making and changing an offering share. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addOfferingInputs(
  builder: VenuesBuilder,
  enums: Enums,
  { text }: Inputs,
  { feeKind }: OfferingFactsEnums,
) {
  const session = builder.inputType('CourseSessionInput', {
    fields: (t) => ({
      startsAt: t.field({ type: 'DateTime', required: true }),
      endsAt: t.field({ type: 'DateTime', required: true }),
    }),
  });
  const performance = builder.inputType('PerformanceInput', {
    fields: (t) => ({
      startsAt: t.field({ type: 'DateTime', required: true }),
      endsAt: t.field({ type: 'DateTime', required: true }),
      tickets: t.int({ description: 'What the floor of the cap is counted from.' }),
      ticketBasis: t.field({ type: enums.ticketBasis }),
      cap: t.int({ description: "Most card tickets; left out: the venue's default, else no cap." }),
    }),
  });
  const time = builder.inputType('ClockTimesInput', {
    fields: (t) => ({
      starts: t.string({ required: true, description: 'Helsinki time: `18:30`.' }),
      ends: t.string({ required: true, description: 'Not after the start: on the next day.' }),
    }),
  });
  const recurring = builder.inputType('RecurrenceInput', {
    description: 'Weekly on these weekdays at these times, from one date to another, except on some dates.',
    fields: (t) => ({
      weekdays: t.intList({ required: true, description: '1 is Monday.' }),
      times: t.field({ type: [time], required: true }),
      from: t.field({ type: 'Date', required: true }),
      to: t.field({ type: 'Date', required: true, description: 'The last day.' }),
      except: t.field({ type: ['Date'] }),
      tickets: t.int(),
      ticketBasis: t.field({ type: enums.ticketBasis }),
      cap: t.int(),
    }),
  });
  const course = builder.inputType('CourseInput', {
    fields: (t) => ({
      sessions: t.field({ type: [session], required: true }),
      enrolFrom: t.field({ type: 'DateTime' }),
      enrolTo: t.field({ type: 'DateTime' }),
      feeCents: t.int({ required: true }),
      feeCeilingCents: t.int({ description: 'The most that the card covers; left out: all of it.' }),
      places: t.int(),
    }),
  });
  const hours = builder.inputType('OpeningHoursInput', {
    fields: (t) => ({
      weekday: t.int({ required: true, description: '1 is Monday.' }),
      opens: t.string({ required: true, description: 'Helsinki time: `10:00`.' }),
      closes: t.string({ required: true, description: '`24:00` is the end of the day.' }),
    }),
  });
  const exception = builder.inputType('OpeningExceptionInput', {
    description: 'Without times it is closed on that day.',
    fields: (t) => ({
      date: t.field({ type: 'Date', required: true }),
      opens: t.string(),
      closes: t.string(),
      note: t.field({ type: text }),
    }),
  });
  const pass = builder.inputType('SeriesPassInput', {
    description: 'Give either validDays or validUntil. A swimming hall gives at least 30 visits.',
    fields: (t) => ({
      visits: t.int({ required: true }),
      validDays: t.int(),
      validUntil: t.field({ type: 'Date' }),
    }),
  });
  const feeLimit = builder.inputType('FeeLimitInput', {
    fields: (t) => ({
      fee: t.field({ type: feeKind, required: true }),
      perUseCents: t.int({ required: true }),
      perYearCents: t.int({ description: 'Of one card in a calendar year; left out: no such limit.' }),
    }),
  });
  const image = builder.inputType('OfferingImageInput', {
    fields: (t) => ({
      url: t.string({ required: true, description: 'Begins with https://.' }),
      alt: t.field({ type: text, required: true, description: 'What it shows, in all three languages.' }),
    }),
  });
  const terms = builder.inputType('OfferingTermsInput', {
    description: 'What belongs to the kind of the offering, and nothing else.',
    fields: (t) => ({
      course: t.field({ type: course }),
      openingHours: t.field({ type: [hours] }),
      openingExceptions: t.field({ type: [exception] }),
      seriesPass: t.field({ type: pass }),
      feeLimits: t.field({ type: [feeLimit] }),
    }),
  });
  return { performance, recurring, image, terms };
}

export type SentTerms = NonNullable<OfferingInputs['terms']['$inferInput']>;
type SentRecurrence = NonNullable<OfferingInputs['recurring']['$inferInput']>;
type SentPerformance = NonNullable<OfferingInputs['performance']['$inferInput']>;
type SentImage = NonNullable<OfferingInputs['image']['$inferInput']>;

/** The parts that were sent; those left out are left out. */
export function readTerms(sent: SentTerms | null | undefined): { [Part in keyof Terms]?: Terms[Part] } {
  if (!sent) return {};
  const { course, openingHours, openingExceptions, seriesPass: pass, feeLimits } = sent;
  return {
    ...(course && {
      course: {
        sessions: course.sessions,
        enrolFrom: course.enrolFrom ?? null,
        enrolTo: course.enrolTo ?? null,
        feeCents: course.feeCents,
        feeCeilingCents: course.feeCeilingCents ?? null,
        places: course.places ?? null,
      },
    }),
    ...((openingHours || openingExceptions) && {
      opening: {
        hours: (openingHours ?? []) as OpeningHours[],
        exceptions: (openingExceptions ?? []).map(({ date, opens, closes, note }) => ({
          date,
          opens: opens ?? null,
          closes: closes ?? null,
          note: readTextChange(note) ?? null,
        })),
      },
    }),
    ...(pass && {
      pass: { visits: pass.visits, validDays: pass.validDays ?? null, validUntil: pass.validUntil ?? null },
    }),
    ...(feeLimits && {
      fees: feeLimits.map(({ fee, perUseCents, perYearCents }) => ({
        fee,
        perUseCents,
        perYearCents: perYearCents ?? null,
      })),
    }),
  };
}

export function readImages(sent: readonly SentImage[]): OfferingFacts['images'] {
  return sent.map(({ url, alt }) => ({ url, alt: readText(alt) }));
}

export function readDates(
  performances: readonly SentPerformance[] | null | undefined,
  recurring: SentRecurrence | null | undefined,
): DatesWish {
  const places = ({
    tickets,
    ticketBasis,
    cap,
  }: Pick<SentPerformance, 'tickets' | 'ticketBasis' | 'cap'>) => ({
    tickets: tickets ?? null,
    ticketBasis: ticketBasis ?? null,
    cap: cap ?? null,
  });
  return {
    ...noDates,
    performances: (performances ?? []).map((each) => ({
      startsAt: each.startsAt,
      endsAt: each.endsAt,
      ...places(each),
    })),
    recurring: recurring
      ? {
          weekdays: recurring.weekdays,
          times: recurring.times,
          from: recurring.from,
          to: recurring.to,
          except: recurring.except ?? [],
          ...places(recurring),
        }
      : null,
  };
}
