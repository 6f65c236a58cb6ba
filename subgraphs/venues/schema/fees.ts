import { isRefusal } from '../../platform/refusals.ts';
import type { FeeUse } from '../domain/fee-use.ts';
import { found } from '../service/found.ts';
import { undoFee } from '../service/fee-undo.ts';
import { useFeeBenefit } from '../service/fee-use.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import type { OfferingFactsEnums } from './offering-facts.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';

/** Fees of a library that a card covers. */
export function addFees(
  builder: VenuesBuilder,
  refs: Refs,
  enums: Enums,
  refusal: RefusalRef,
  { feeKind }: OfferingFactsEnums,
): void {
  const use = builder.objectRef<FeeUse>('FeeUse').implement({
    description: 'A fee that a card covered.',
    fields: (t) => ({
      id: t.exposeID('id'),
      offering: t.field({
        type: refs.offering,
        resolve: ({ offeringId }, _args, { loaders }) => found(loaders.visibleOffering(offeringId)),
      }),
      feeKind: t.expose('feeKind', { type: feeKind }),
      cents: t.exposeInt('cents', { description: 'The whole fee.' }),
      coveredCents: t.exposeInt('coveredCents', { description: 'Of it on the card.' }),
      holderCents: t.int({
        description: 'Of it paid by the holder: what is over the limit of one use.',
        resolve: ({ cents, coveredCents }) => cents - coveredCents,
      }),
      status: t.expose('status', { type: enums.redemptionStatus }),
      recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
      cancelledAt: t.expose('cancelledAt', { type: 'DateTime', nullable: true }),
    }),
  });
  const result = builder.unionType('UseFeeBenefitResult', {
    types: [use, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'FeeUse'),
  });
  const input = builder.inputType('UseFeeBenefitInput', {
    fields: (t) => ({
      presentation: t.string({ required: true, description: 'The token of presentCard.' }),
      offeringId: t.id({ required: true, description: 'A FEE_BENEFIT.' }),
      feeKind: t.field({ type: feeKind, required: true }),
      cents: t.int({ required: true, description: 'The whole fee, from 1.' }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  builder.mutationField('useFeeBenefit', (t) =>
    t.field({
      type: result,
      description:
        'For the staff of the venue: the card covers a fee up to the limit of one use. FEE_LIMIT_REACHED when the limit of ' +
        'the calendar year has no room for that: allowed, used, left and wanted, in cents.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: wish }, context) =>
        changing(context, useFeeBenefit(context.env, context.viewer, wish)),
    }),
  );
  const undoInput = builder.inputType('UndoFeeInput', {
    fields: (t) => ({
      feeUseId: t.id({ required: true }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  builder.mutationField('undoFee', (t) =>
    t.field({
      type: use,
      description:
        'For the staff of the venue: the year of the card has the cents back. Undoing again changes nothing.',
      args: { input: t.arg({ type: undoInput, required: true }) },
      resolve: (_, { input: wish }, context) => changing(context, undoFee(context.env, context.viewer, wish)),
    }),
  );
}
