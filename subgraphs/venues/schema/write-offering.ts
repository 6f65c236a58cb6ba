import { listOf } from '../../platform/graphql/index.ts';
import { noTerms } from '../domain/terms.ts';
import { addPerformances } from '../service/add-performances.ts';
import { createOffering } from '../service/create-offering.ts';
import { movePerformance } from '../service/move-performance.ts';
import { publishOffering } from '../service/publish-offering.ts';
import { updateOffering } from '../service/update-offering.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import { readText, readTextChange, type Inputs } from './inputs.ts';
import { readDates, readImages, readTerms, type OfferingInputs } from './offering-inputs.ts';
import type { Refs } from './refs.ts';

const requestIdText = 'Chosen by the caller: the same again changes nothing more.';

/** What the staff of a venue does with its offerings. */
export function addWriteOffering(
  builder: VenuesBuilder,
  refs: Refs,
  enums: Enums,
  { text }: Inputs,
  inputs: OfferingInputs,
): void {
  const create = builder.inputType('CreateOfferingInput', {
    fields: (t) => ({
      venueId: t.id({ required: true }),
      requestId: t.string({ required: true, description: requestIdText }),
      kind: t.field({ type: enums.offeringKind, required: true }),
      title: t.field({ type: text, required: true }),
      description: t.field({ type: text }),
      genreIds: t.idList(),
      oncePerProduction: t.boolean(),
      ageFrom: t.int(),
      ageTo: t.int(),
      languages: t.stringList({ description: 'ISO 639 codes.' }),
      images: t.field({ type: [inputs.image] }),
      terms: t.field({ type: inputs.terms }),
      performances: t.field({ type: [inputs.performance] }),
      recurring: t.field({ type: inputs.recurring }),
      courseCap: t.int({ description: 'Most card places of a course; left out: all its places.' }),
      publish: t.boolean({ description: 'Left out: it stays a draft.' }),
    }),
  });
  const update = builder.inputType('UpdateOfferingInput', {
    description: 'What is left out stays as it is. Lists and each part of the terms are replaced whole.',
    fields: (t) => ({
      offeringId: t.id({ required: true }),
      title: t.field({ type: text }),
      description: t.field({ type: text }),
      genreIds: t.idList(),
      oncePerProduction: t.boolean(),
      ageFrom: t.int(),
      ageTo: t.int(),
      languages: t.stringList(),
      images: t.field({ type: [inputs.image] }),
      terms: t.field({ type: inputs.terms }),
    }),
  });
  const one = builder.inputType('OfferingInput', {
    fields: (t) => ({ offeringId: t.id({ required: true }) }),
  });
  const add = builder.inputType('AddPerformancesInput', {
    fields: (t) => ({
      offeringId: t.id({ required: true }),
      requestId: t.string({ required: true, description: requestIdText }),
      performances: t.field({ type: [inputs.performance] }),
      recurring: t.field({ type: inputs.recurring }),
    }),
  });
  const move = builder.inputType('MovePerformanceInput', {
    fields: (t) => ({
      performanceId: t.id({ required: true }),
      startsAt: t.field({ type: 'DateTime', required: true }),
      endsAt: t.field({ type: 'DateTime', required: true }),
    }),
  });

  builder.mutationFields((t) => ({
    createOffering: t.field({
      type: refs.offering,
      description:
        'For the staff of the venue: an offering of any kind with its dates, a draft unless `publish`.',
      args: { input: t.arg({ type: create, required: true }) },
      resolve: (_, { input }, context) =>
        changing(
          context,
          createOffering(context.env, context.viewer, {
            venueId: input.venueId,
            requestId: input.requestId,
            kind: input.kind,
            title: readText(input.title),
            description: readTextChange(input.description) ?? null,
            genreIds: input.genreIds ?? [],
            oncePerProduction: input.oncePerProduction ?? null,
            facts: {
              ageFrom: input.ageFrom ?? null,
              ageTo: input.ageTo ?? null,
              languages: input.languages ?? [],
              images: readImages(input.images ?? []),
              terms: { ...noTerms, ...readTerms(input.terms) },
            },
            dates: readDates(input.performances, input.recurring),
            courseCap: input.courseCap ?? null,
            publish: input.publish ?? false,
          }),
        ),
    }),
    updateOffering: t.field({
      type: refs.offering,
      description: 'For the staff of its venue. Its kind stays.',
      args: { input: t.arg({ type: update, required: true }) },
      resolve: (_, { input: { title, description, images, terms, ...rest } }, context) =>
        changing(
          context,
          updateOffering(context.env, context.viewer, {
            ...rest,
            title: title && readText(title),
            description: readTextChange(description),
            images: images && readImages(images),
            terms: readTerms(terms),
          }),
        ),
    }),
    publishOffering: t.field({
      type: refs.offering,
      description: 'For the staff of its venue: from now on holders see it. It must be complete.',
      args: { input: t.arg({ type: one, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, publishOffering(context.env, context.viewer, input.offeringId, true)),
    }),
    unpublishOffering: t.field({
      type: refs.offering,
      description: 'For the staff of its venue: holders no longer see it. What was redeemed stays.',
      args: { input: t.arg({ type: one, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, publishOffering(context.env, context.viewer, input.offeringId, false)),
    }),
    addPerformances: t.field({
      ...listOf(50),
      type: [refs.performance],
      description:
        'For the staff of its venue: more dates, one by one or by a weekly rule, at most 500 at a time.',
      args: { input: t.arg({ type: add, required: true }) },
      resolve: (_, { input: { performances, recurring, ...rest } }, context) =>
        changing(
          context,
          addPerformances(context.env, context.viewer, {
            ...rest,
            dates: readDates(performances, recurring),
          }),
        ),
    }),
    movePerformance: t.field({
      type: refs.performance,
      description:
        'For the staff of its venue: another time. Tickets stay valid and everyone with one is told.',
      args: { input: t.arg({ type: move, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, movePerformance(context.env, context.viewer, input)),
    }),
  }));
}
