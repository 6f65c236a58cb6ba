import { costs } from '../../platform/graphql/index.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { policy } from '../domain/policy.ts';
import { markNoShow, noShowsAt, unmarkNoShow } from '../service/no-show.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** Tickets that nobody came with: a venue's own count. */
export function addNoShow(
  builder: VenuesBuilder,
  refs: Pick<Refs, 'redemption' | 'performance' | 'venue'>,
  refusal: RefusalRef,
): void {
  builder.objectField(refs.redemption, 'noShow', (t) =>
    t.boolean({
      ...costs(1),
      nullable: true,
      description: 'Whether nobody came with it. For the staff of its venue, else null.',
      resolve: ({ id, venueId }, _args, { loaders, viewer }) =>
        policy.countNoShows(viewer, venueId) ? loaders.ofGroups.noShow.load(id) : null,
    }),
  );
  builder.objectField(refs.performance, 'noShows', (t) =>
    t.int({
      ...costs(1),
      nullable: true,
      description: 'How many redemptions nobody came with. For the staff of its venue, else null.',
      resolve: ({ id, venueId }, _args, { loaders, viewer }) =>
        policy.countNoShows(viewer, venueId) ? loaders.ofGroups.noShowsOf.load(id) : null,
    }),
  );
  builder.objectField(refs.venue, 'noShows', (t) =>
    t.int({
      ...costs(2),
      nullable: true,
      description:
        'How many redemptions of performances that start in a span nobody came with. For its staff, else null.',
      args: {
        from: t.arg({ type: 'DateTime', required: true }),
        to: t.arg({ type: 'DateTime', required: true }),
      },
      resolve: ({ id }, span, { env, viewer }) => noShowsAt(env, viewer, { venueId: id, ...span }),
    }),
  );

  const result = builder.unionType('NoShowResult', {
    types: [refs.redemption, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'Redemption'),
  });
  builder.mutationFields((t) => ({
    markNoShow: t.field({
      type: result,
      description:
        'For the staff of the venue, once the performance has started: nobody came with this ticket. Only counted, and seen ' +
        'by nobody else; nothing follows for the card, and the place is not given back.',
      args: { redemptionId: t.arg.id({ required: true }) },
      resolve: (_, { redemptionId }, context) =>
        changing(context, markNoShow(context.env, context.viewer, redemptionId)),
    }),
    unmarkNoShow: t.field({
      type: refs.redemption,
      description: 'For the staff of the venue: somebody came with it after all.',
      args: { redemptionId: t.arg.id({ required: true }) },
      resolve: (_, { redemptionId }, context) =>
        changing(context, unmarkNoShow(context.env, context.viewer, redemptionId)),
    }),
  }));
}
