import { viewerIndependent } from '../../platform/graphql/index.ts';
import { cancelClosesAt } from '../domain/cancel.ts';
import { setCancelLimit } from '../service/set-cancel-limit.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

/** Until when holders give a ticket back. */
export function addCancelLimit(builder: VenuesBuilder, refs: Pick<Refs, 'performance'>): void {
  builder.objectFields(refs.performance, (t) => ({
    cancelUntil: t.field({
      ...viewerIndependent,
      type: 'DateTime',
      description: 'Holders cancel before this moment; the venue at any time.',
      resolve: cancelClosesAt,
    }),
    cancelUntilMinutes: t.int({
      ...viewerIndependent,
      nullable: true,
      description: "The venue's choice, before the start; null: until the end.",
      resolve: ({ cancelUntilMinutes }) => cancelUntilMinutes ?? null,
    }),
  }));
  const input = builder.inputType('SetCancelLimitInput', {
    fields: (t) => ({
      performanceId: t.id({ required: true }),
      cancelUntilMinutes: t.int({
        description: 'Before the start, 0 to 43200. Until the end: say null.',
      }),
    }),
  });
  builder.mutationField('setCancelLimit', (t) =>
    t.field({
      type: refs.performance,
      description:
        'For the staff of the venue: until when holders cancel, also those who have their ticket already.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, setCancelLimit(context.env, context.viewer, wish)),
    }),
  );
}
