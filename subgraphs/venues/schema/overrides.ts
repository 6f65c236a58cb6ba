import { listOf } from '../../platform/graphql/index.ts';
import { softLimits } from '../domain/limits/index.ts';
import type { Override } from '../domain/override.ts';
import { overrideCounts, type OverrideCount } from '../service/override-counts.ts';
import type { Enums, VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';
import type { VerdictRefs } from './verdict.ts';

export type DoorInputs = ReturnType<typeof addDoorInputs>;

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addDoorInputs(builder: VenuesBuilder, enums: Enums, { softLimit, reason }: VerdictRefs) {
  return {
    lineInput: builder.inputType('TicketLineInput', {
      fields: (t) => ({
        type: t.field({ type: enums.ticketLineType, required: true }),
        count: t.int({ required: true, description: '0 to 50.' }),
      }),
    }),
    overrideInput: builder.inputType('OverrideInput', {
      fields: (t) => ({
        limit: t.field({ type: softLimit, required: true }),
        reason: t.field({ type: reason, required: true }),
      }),
    }),
  };
}

/** The soft limits that were set aside: with their redemption, and counted for their venue. */
export function addOverrides(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'redemption' | 'venue'>,
  { softLimit, reason }: VerdictRefs,
): void {
  const override = builder.objectRef<Override>('LimitOverride').implement({
    description: 'A soft limit that said no and was set aside at the door.',
    fields: (t) => ({
      limit: t.expose('limit', { type: softLimit }),
      reason: t.expose('reason', { type: reason }),
    }),
  });
  builder.objectField(refs.redemption, 'overrides', (t) =>
    t.field({
      ...listOf(1),
      type: [override],
      resolve: ({ id }, _args, { loaders }) => loaders.overridesOf.load(id),
    }),
  );
  const count = builder.objectRef<OverrideCount>('OverrideCount').implement({
    fields: (t) => ({
      limit: t.expose('limit', { type: softLimit }),
      reason: t.expose('reason', { type: reason }),
      count: t.exposeInt('count'),
    }),
  });
  builder.objectField(refs.venue, 'overrideCounts', (t) =>
    t.field({
      ...listOf(softLimits.length),
      type: [count],
      nullable: true,
      description:
        'How often it set which limit aside and why, from one moment to before another. For its staff and the national centre, else null.',
      args: {
        from: t.arg({ type: 'DateTime', required: true }),
        to: t.arg({ type: 'DateTime', required: true }),
      },
      resolve: ({ id }, { from, to }, { env, viewer }) => overrideCounts(env, viewer, id, from, to),
    }),
  );
}
