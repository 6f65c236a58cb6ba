import { costs, listOf } from '../../platform/graphql/index.ts';
import { limitNames } from '../domain/limits/index.ts';
import { explain, type Explanation } from '../service/explain.ts';
import type { VenuesBuilder } from './builder.ts';
import type { DoorInputs } from './overrides.ts';
import type { Refs } from './refs.ts';
import type { VerdictRefs } from './verdict.ts';

/** "Why not?" */
export function addExplain(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'performance'>,
  { verdict }: VerdictRefs,
  { lineInput }: DoorInputs,
): void {
  const explanation = builder.objectRef<Explanation>('Explanation').implement({
    fields: (t) => ({
      performance: t.expose('performance', { type: refs.performance }),
      asOf: t.expose('asOf', { type: 'DateTime' }),
      wouldPass: t.boolean({
        description: 'False: a door would say no now. True says nothing about limits whose `passes` is null.',
        resolve: ({ verdicts }) => !verdicts.some(({ passes, code }) => passes === false && code !== null),
      }),
      verdicts: t.expose('verdicts', {
        ...listOf(limitNames.length),
        type: [verdict],
        description:
          'Every limit that concerns the wish, in the order in which a door asks; the first no is its answer.',
      }),
    }),
  });
  builder.queryField('explain', (t) =>
    t.field({
      ...costs(8),
      type: explanation,
      description:
        'Why not? Every rule of a performance, its value, since when and from which document, whether it passes, and what to do ' +
        'next: as `redeem` would ask it now. A holder asks about the own card, the venue about a presented one, issuers about the rules.',
      args: {
        performanceId: t.arg.id({ required: true }),
        presentation: t.arg.string({
          description: 'The token of presentCard. Left out: a holder’s own card, for others the rules alone.',
        }),
        lines: t.arg({ type: [lineInput], description: "Left out: the card's own ticket." }),
      },
      resolve: (_, args, { env, viewer }) => explain(env, viewer, args),
    }),
  );
}
