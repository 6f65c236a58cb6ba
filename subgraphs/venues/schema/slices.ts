import { costsList, listOf } from '../../platform/graphql/index.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { limitNames } from '../domain/limits/index.ts';
import { mostEntries } from '../domain/slice.ts';
import { explain } from '../service/explain.ts';
import { found } from '../service/found.ts';
import { offlineConflicts, type OfflineConflict } from '../service/offline-conflicts.ts';
import { reserveSlice, returnSlice, type Slice } from '../service/slice.ts';
import { uploadRedemptions, type UploadedUse } from '../service/slice-upload.ts';
import { changing, type VenuesBuilder } from './builder.ts';
import type { DoorInputs } from './overrides.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';
import type { VerdictRefs } from './verdict.ts';

/** As many as an evening without a network usually has: the price of an answer is counted with it. */
const usualUses = 20;
const usualConflicts = 5;

type Of = Pick<Refs, 'performance' | 'redemption'>;

/** The offline door: a device lets guests in against its own slice of the cap, and uploads them later. */
export function addSlices(
  builder: VenuesBuilder,
  refs: Of,
  refusal: RefusalRef,
  { verdict }: VerdictRefs,
  { lineInput }: DoorInputs,
): void {
  const slice = addSlice(builder, refs, refusal, verdict);
  addUpload(builder, refs, refusal, lineInput);
  const returnInput = builder.inputType('ReturnSliceInput', {
    fields: (t) => ({ sliceId: t.id({ required: true }) }),
  });
  builder.mutationField('returnSlice', (t) =>
    t.field({
      type: slice,
      description:
        'For the staff of the venue: what is left of a slice is free at once. Again it changes nothing.',
      args: { input: t.arg({ type: returnInput, required: true }) },
      resolve: (_, { input }, context) =>
        changing(context, returnSlice(context.env, context.viewer, input.sliceId)),
    }),
  );
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addSlice(builder: VenuesBuilder, refs: Of, refusal: RefusalRef, verdict: VerdictRefs['verdict']) {
  const slice = builder.objectRef<Slice>('OfflineSlice').implement({
    description: 'Places of one performance that a device gives away without a network. Seen by its venue.',
    fields: (t) => ({
      id: t.exposeID('id'),
      deviceId: t.exposeID('deviceId'),
      performance: t.field({
        type: refs.performance,
        resolve: ({ performanceId }, _args, { loaders }) => found(loaders.performance.load(performanceId)),
      }),
      places: t.exposeInt('places', { description: 'As many as were reserved.' }),
      remaining: t.exposeInt('remaining', { description: 'As many as are kept still.' }),
      openedAt: t.expose('openedAt', { type: 'DateTime' }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description:
          'The end of the performance, twelve hours later at most: from then on what is left is free again.',
      }),
      closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true }),
      rules: t.field({
        ...costsList(5, limitNames.length),
        type: [verdict],
        description:
          'What every limit says with nobody’s card, as `explain`: what a device needs to decide by itself.',
        resolve: async ({ performanceId }, _args, { env, viewer }) =>
          (await explain(env, viewer, { performanceId })).verdicts,
      }),
    }),
  });
  const result = builder.unionType('ReserveSliceResult', {
    types: [slice, refusal],
    resolveType: (value) => (isRefusal(value) ? 'RedemptionRefusal' : 'OfflineSlice'),
  });
  const input = builder.inputType('ReserveSliceInput', {
    fields: (t) => ({
      performanceId: t.id({ required: true }),
      deviceId: t.id({ required: true, description: 'A random word that the device has chosen for itself.' }),
      places: t.int({ required: true, description: '1 to 200.' }),
      requestId: t.id({ required: true, description: 'An idempotency key of 8 to 100 characters.' }),
    }),
  });
  builder.mutationField('reserveSlice', (t) =>
    t.field({
      type: result,
      description:
        'For the staff of the venue: keeps free places for a device that will have no network, all or none. One open ' +
        'slice per device and performance; CAP_REACHED where there are not so many.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) => changing(context, reserveSlice(context.env, context.viewer, args.input)),
    }),
  );
  return slice;
}

function addUpload(
  builder: VenuesBuilder,
  refs: Of,
  refusal: RefusalRef,
  lineInput: DoorInputs['lineInput'],
): void {
  const uploaded = builder.objectRef<UploadedUse>('UploadedUse').implement({
    description: 'What became of one offline use: a redemption, or a conflict with its reason.',
    fields: (t) => ({
      requestId: t.exposeID('requestId'),
      redemption: t.field({
        type: refs.redemption,
        nullable: true,
        resolve: ({ answer }) => (isRefusal(answer) ? null : answer),
      }),
      conflict: t.field({
        type: refusal,
        nullable: true,
        resolve: ({ answer }) => (isRefusal(answer) ? answer : null),
      }),
    }),
  });
  const answer = builder.objectRef<readonly UploadedUse[]>('UploadedRedemptions').implement({
    fields: (t) => ({
      uses: t.field({
        ...listOf(usualUses),
        type: [uploaded],
        description: 'One for each entry, in the order of the entries.',
        resolve: (uses) => [...uses],
      }),
    }),
  });
  const entry = builder.inputType('OfflineUseInput', {
    fields: (t) => ({
      requestId: t.id({ required: true, description: 'The idempotency key that `redeem` would have had.' }),
      presentation: t.string({ required: true, description: 'The token of presentCard.' }),
      lines: t.field({ type: [lineInput], required: true }),
      at: t.field({ type: 'DateTime', required: true, description: 'When the guest came in.' }),
    }),
  });
  const input = builder.inputType('UploadRedemptionsInput', {
    fields: (t) => ({
      sliceId: t.id({ required: true }),
      entries: t.field({ type: [entry], required: true, description: `1 to ${mostEntries}.` }),
    }),
  });
  builder.mutationField('uploadRedemptions', (t) =>
    t.field({
      type: answer,
      description:
        'For the staff of the venue: guests whom a device let in come in with the same request ids, judged by the moment ' +
        'of each. What cannot become a redemption is kept as a conflict; the same upload again gives the same answers.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) =>
        changing(context, uploadRedemptions(context.env, context.viewer, args.input)),
    }),
  );

  const conflict = builder.objectRef<OfflineConflict>('OfflineConflict').implement({
    description: 'Guests whom a device let in and who could not be recorded on a card. It names no card.',
    fields: (t) => ({
      requestId: t.exposeID('requestId'),
      tickets: t.exposeInt('tickets'),
      usedAt: t.expose('usedAt', { type: 'DateTime', description: 'As the device said.' }),
      uploadedAt: t.expose('uploadedAt', { type: 'DateTime' }),
      refusal: t.expose('refusal', { type: refusal }),
    }),
  });
  builder.queryField('offlineConflicts', (t) =>
    t.field({
      ...costsList(2, usualConflicts),
      type: [conflict],
      description: 'For the staff of the venue: the conflicts of a performance, the latest use first.',
      args: { performanceId: t.arg.id({ required: true }) },
      resolve: async (_, { performanceId }, { env, viewer }) => [
        ...(await offlineConflicts(env, viewer, performanceId)),
      ],
    }),
  );
}
