import { costsList } from '../../platform/graphql/index.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { isOver, visitsLeft, type Pass } from '../domain/pass.ts';
import { found } from '../service/found.ts';
import { grantPass } from '../service/pass-grant.ts';
import { mostPassesShown, ownPasses } from '../service/pass-own.ts';
import { undoPass } from '../service/pass-undo.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** Series passes: given by the staff of their venue, seen by their holder. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
export function addPasses(builder: VenuesBuilder, refs: Refs, enums: Enums, refusal: RefusalRef) {
  const pass = builder.objectRef<Pass>('CardPass').implement({
    description: 'A series pass that a card was given.',
    fields: (t) => ({
      id: t.exposeID('id'),
      venue: t.field({
        type: refs.venue,
        resolve: ({ venueId }, _args, { loaders }) => found(loaders.venue.load(venueId)),
      }),
      offering: t.field({
        type: refs.offering,
        nullable: true,
        description: 'Null: its venue no longer shows it.',
        resolve: ({ offeringId }, _args, { loaders }) => loaders.visibleOffering(offeringId),
      }),
      visits: t.exposeInt('visits', { description: 'In all.' }),
      used: t.exposeInt('used'),
      left: t.int({ resolve: visitsLeft }),
      grantedAt: t.expose('grantedAt', { type: 'DateTime' }),
      expiresOn: t.expose('expiresOn', { type: 'Date', description: 'Its last day, in Helsinki.' }),
      status: t.expose('status', {
        type: enums.redemptionStatus,
        description: 'CANCELLED: given by mistake, and taken back.',
      }),
      cancelledAt: t.expose('cancelledAt', { type: 'DateTime', nullable: true }),
      isOver: t.boolean({ resolve: (each, _args, { env }) => isOver(each, env.clock.now().toISOString()) }),
    }),
  });
  builder.objectField(refs.card, 'passes', (t) =>
    t.field({
      ...costsList(2, 5),
      type: [pass],
      nullable: true,
      description: `The newest first, at most ${mostPassesShown}, also those that are over, without those that were taken back. For its holder alone, else null.`,
      resolve: ({ id }, _args, { env, viewer }) => ownPasses(env, viewer, id),
    }),
  );
  const result = builder.unionType('GrantPassResult', {
    types: [pass, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'CardPass'),
  });
  const input = builder.inputType('GrantPassInput', {
    fields: (t) => ({
      presentation: t.string({ required: true, description: 'The token of presentCard.' }),
      offeringId: t.id({ required: true, description: 'A SERIES_PASS.' }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  builder.mutationField('grantPass', (t) =>
    t.field({
      type: result,
      description:
        'For the staff of the venue: a personal card gets its series pass, one at a time. PASS_GIVEN_ALREADY tells visits, ' +
        'used, left and expiresOn of the one that it has.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, grantPass(context.env, context.viewer, wish)),
    }),
  );
  const undoInput = builder.inputType('UndoPassInput', {
    fields: (t) => ({
      passId: t.id({ required: true }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  builder.mutationField('undoPass', (t) =>
    t.field({
      type: pass,
      description:
        'For the staff of the venue: a pass that was given by mistake is taken back, and the card can be given another. ' +
        'BAD_INPUT with problem PASS_HAS_VISITS: undo its visits first. Undoing again changes nothing.',
      args: { input: t.arg({ type: undoInput, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, undoPass(context.env, context.viewer, wish)),
    }),
  );
  return pass;
}

export type PassRef = ReturnType<typeof addPasses>;
