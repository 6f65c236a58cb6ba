import { isRefusal } from '../../platform/refusals.ts';
import type { Visit } from '../domain/visit.ts';
import { found } from '../service/found.ts';
import { passOf } from '../service/pass-own.ts';
import { recordVisit } from '../service/visit-record.ts';
import { undoVisit } from '../service/visit-undo.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import type { DoorInputs } from './overrides.ts';
import type { PassRef } from './passes.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** Visits of a series pass and at open entry. */
export function addVisits(
  builder: VenuesBuilder,
  refs: Refs,
  enums: Enums,
  refusal: RefusalRef,
  { lineInput }: DoorInputs,
  pass: PassRef,
): void {
  const visit = builder.objectRef<Visit>('Visit').implement({
    description: 'Somebody came in without a performance, as the staff of the venue recorded it.',
    fields: (t) => ({
      id: t.exposeID('id'),
      offering: t.field({
        type: refs.offering,
        resolve: ({ offeringId }, _args, { loaders }) => found(loaders.visibleOffering(offeringId)),
      }),
      pass: t.field({
        type: pass,
        nullable: true,
        description: 'As it is after the visit; null at open entry.',
        resolve: ({ passId }, _args, { env }) => passOf(env, passId),
      }),
      lines: t.expose('lines', { type: [refs.line] }),
      tickets: t.exposeInt('tickets', {
        description: 'Of all lines together; a pass gives one visit for them.',
      }),
      recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
      status: t.expose('status', { type: enums.redemptionStatus }),
      cancelledAt: t.expose('cancelledAt', { type: 'DateTime', nullable: true }),
    }),
  });
  const result = builder.unionType('RecordVisitResult', {
    types: [visit, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'Visit'),
  });
  const requestId = { required: true, description: 'An idempotency key of 8 to 100 characters.' } as const;
  const recordInput = builder.inputType('RecordVisitInput', {
    fields: (t) => ({
      presentation: t.string({ required: true, description: 'The token of presentCard.' }),
      offeringId: t.id({ required: true, description: 'A SERIES_PASS or an OPEN_ENTRY.' }),
      lines: t.field({ type: [lineInput], required: true }),
      requestId: t.id(requestId),
    }),
  });
  const undoInput = builder.inputType('UndoVisitInput', {
    fields: (t) => ({ visitId: t.id({ required: true }), requestId: t.id(requestId) }),
  });
  builder.mutationFields((t) => ({
    recordVisit: t.field({
      type: result,
      description:
        "For the staff of the venue: one visit of the card's series pass (NO_PASS, PASS_USED_UP, PASS_EXPIRED), or open " +
        'entry within opening hours (OUTSIDE_WINDOW, with the moment of the next opening).',
      args: { input: t.arg({ type: recordInput, required: true }) },
      resolve: (_, { input }, context) => changing(context, recordVisit(context.env, context.viewer, input)),
    }),
    undoVisit: t.field({
      type: visit,
      description: 'For the staff of the venue: its pass has the visit back. Undoing again changes nothing.',
      args: { input: t.arg({ type: undoInput, required: true }) },
      resolve: (_, { input }, context) => changing(context, undoVisit(context.env, context.viewer, input)),
    }),
  }));
}
