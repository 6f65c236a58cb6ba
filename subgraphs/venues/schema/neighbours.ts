import { pageArgs } from '../../platform/graphql/index.ts';
import { listCardRedemptions, listVenues } from '../service/lists.ts';
import type { VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

/** What venues add to the entities of networks and cards. */
export function addNeighbours(builder: VenuesBuilder, refs: Refs): void {
  const key = builder.selection<{ id: string }>('id');
  const resolveReference = ({ id }: { id: string }): { id: string } => ({ id });

  // Only referred to: whoever asks more of a network asks networks.
  refs.network.implement({ fields: (t) => ({ id: t.exposeID('id') }) });
  builder.asEntity(refs.network, { key: builder.keyDirective(key, false), resolveReference });

  refs.municipality.implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      venues: t.field({
        type: refs.venues,
        args: pageArgs(t),
        resolve: ({ id }, args, { env }) => listVenues(env, { municipalityId: id }, args),
      }),
    }),
  });
  builder.asEntity(refs.municipality, { key, resolveReference });

  refs.partner.implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      venue: t.field({
        type: refs.venue,
        nullable: true,
        description: 'Null for an issuer.',
        resolve: ({ id }, _args, { loaders }) => loaders.venueOfPartner.load(id),
      }),
    }),
  });
  builder.asEntity(refs.partner, { key, resolveReference });

  refs.card.implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      redemptions: t.field({
        type: refs.redemptions,
        nullable: true,
        description: 'What this card was used for, the newest first. For its holder alone.',
        args: pageArgs(t),
        resolve: ({ id }, args, { env, viewer }) => listCardRedemptions(env, viewer, id, args),
      }),
    }),
  });
  builder.asEntity(refs.card, { key, resolveReference });
}
