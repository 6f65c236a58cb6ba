import { isRefusal, type Refusal, type RuleReference } from '../../platform/refusals.ts';
import { refusalMessage } from '../domain/messages.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { cancelRedemption } from '../service/cancel-redemption.ts';
import { found } from '../service/found.ts';
import { redeem } from '../service/redeem.ts';
import { limitNames, type Traced } from '../domain/limits/index.ts';
import { listOf } from '../../platform/graphql/index.ts';
import type { DoorInputs } from './overrides.ts';
import { toFacts, type VerdictRefs } from './verdict.ts';
import { changing, type Enums, type VenuesBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
export function addRefusal(builder: VenuesBuilder, enums: Enums, { fact, verdict }: VerdictRefs) {
  const rule = builder.objectRef<RuleReference>('RuleExplanation').implement({
    description: 'The rule that said no.',
    fields: (t) => ({
      key: t.exposeString('key'),
      since: t.expose('since', {
        type: 'Date',
        nullable: true,
        description: 'Null: the document does not say.',
      }),
      source: t.exposeString('source'),
    }),
  });
  return builder.objectRef<Refusal<RedemptionRefusalCode>>('RedemptionRefusal').implement({
    description: 'An expected no, with its reason. It never tells why somebody has a card.',
    fields: (t) => ({
      code: t.expose('code', { type: enums.refusalCode }),
      message: t.field({ type: 'Text', resolve: ({ code, facts }) => refusalMessage(code, facts) }),
      facts: t.field({
        type: [fact],
        description:
          'The numbers and moments behind it; CAP_REACHED: cap, used, held, remaining, wanted, and shared where several ' +
          'performances share that cap.',
        resolve: ({ facts }) => toFacts(facts),
      }),
      rule: t.expose('rule', { type: rule, nullable: true }),
      trace: t.field({
        type: [verdict],
        description: 'What every limit said, as `explain` tells it; only of redeem, else empty.',
        ...listOf(limitNames.length),
        resolve: (refusal) => ('trace' in refusal ? (refusal as Traced<RedemptionRefusalCode>).trace : []),
      }),
    }),
  });
}

export type RefusalRef = ReturnType<typeof addRefusal>;

export function addRedemption(
  builder: VenuesBuilder,
  refs: Refs,
  enums: Enums,
  refusal: RefusalRef,
  { lineInput, overrideInput }: DoorInputs,
): void {
  const line = refs.line.implement({
    fields: (t) => ({ type: t.expose('type', { type: enums.ticketLineType }), count: t.exposeInt('count') }),
  });
  refs.redemption.implement({
    description: 'One recorded use of a card. Seen by its venue and by the holder of the card.',
    fields: (t) => ({
      id: t.exposeID('id'),
      performance: t.field({
        type: refs.performance,
        resolve: ({ performanceId }, _args, { loaders }) => found(loaders.performance.load(performanceId)),
      }),
      lines: t.expose('lines', { type: [line] }),
      tickets: t.exposeInt('tickets', { description: 'Of all lines together.' }),
      recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
      status: t.expose('status', { type: enums.redemptionStatus }),
      cancelledAt: t.expose('cancelledAt', { type: 'DateTime', nullable: true }),
    }),
  });
  builder.asEntity(refs.redemption, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { loaders }) => loaders.visibleRedemption(id),
  });
  builder.queryField('redemption', (t) =>
    t.field({
      type: refs.redemption,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }, { loaders }) => loaders.visibleRedemption(id),
    }),
  );

  const redeemInput = builder.inputType('RedeemInput', {
    fields: (t) => ({
      presentation: t.string({ required: true, description: 'The token of presentCard.' }),
      performanceId: t.id({ required: true }),
      lines: t.field({ type: [lineInput], required: true }),
      overrides: t.field({
        type: [overrideInput],
        description:
          'Soft limits that the venue sets aside this time, each with a reason; recorded where they said no.',
      }),
      requestId: t.id({
        required: true,
        description:
          'An idempotency key of 8 to 100 characters: the same call again gives the same answer, never a second redemption.',
      }),
    }),
  });
  const cancelInput = builder.inputType('CancelRedemptionInput', {
    fields: (t) => ({
      redemptionId: t.id({ required: true }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  const resolveType = (value: unknown): string => (isRefusal(value) ? 'RedemptionRefusal' : 'Redemption');
  const redeemResult = builder.unionType('RedeemResult', { types: [refs.redemption, refusal], resolveType });
  const cancelResult = builder.unionType('CancelResult', { types: [refs.redemption, refusal], resolveType });

  builder.mutationFields((t) => ({
    redeem: t.field({
      type: redeemResult,
      description:
        'For the staff of the venue: a presented card is used. All of the tickets or none. Issuers book with a token of ' +
        'presentForHolder, without overrides; a no that comes from the uses of the card is NOT_POSSIBLE_ON_BEHALF to them.',
      args: { input: t.arg({ type: redeemInput, required: true }) },
      resolve: (_, { input }, context) => changing(context, redeem(context.env, context.viewer, input)),
    }),
    cancelRedemption: t.field({
      type: cancelResult,
      description:
        'For the venue and the holder: the place is free again at once. Cancelling again changes nothing.',
      args: { input: t.arg({ type: cancelInput, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, cancelRedemption(context.env, context.viewer, input)),
    }),
  }));
}
