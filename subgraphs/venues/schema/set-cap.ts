import { isRefusal } from '../../platform/refusals.ts';
import { found } from '../service/found.ts';
import { setCap, type CapSet } from '../service/set-cap.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

export function addSetCap(builder: VenuesBuilder, refs: Refs, refusal: RefusalRef): void {
  const capSet = builder.objectRef<CapSet>('CapSet').implement({
    fields: (t) => ({
      performance: t.expose('performance', { type: refs.performance }),
      capCounter: t.field({
        type: refs.counter,
        resolve: ({ performance }, _args, { loaders }) => found(loaders.counter.load(performance.id)),
      }),
      warnings: t.expose('warnings', {
        type: ['Text'],
        description: 'What the venue should know: a cap under the floor while the floor is a draft.',
      }),
    }),
  });
  const result = builder.unionType('SetCapResult', {
    types: [capSet, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'CapSet'),
  });
  const input = builder.inputType('SetCapInput', {
    fields: (t) => ({
      performanceId: t.id({ required: true }),
      cap: t.int({ description: 'Most card tickets. No cap: say null.' }),
    }),
  });
  builder.mutationField('setCap', (t) =>
    t.field({
      type: result,
      description: 'For the staff of the venue. Refused below what is used already.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input }, context) => changing(context, setCap(context.env, context.viewer, input)),
    }),
  );
}
