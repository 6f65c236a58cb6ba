import { connection, costs, pageArgs } from '../../platform/graphql/index.ts';
import { registerMessage } from '../domain/messages-register.ts';
import { batchRefusalCodes } from '../domain/register-codes.ts';
import {
  batchSheet,
  cardBatch,
  cardBatches,
  createCardBatch,
  type CardBatchView,
} from '../service/batches.ts';
import type { CardsBuilder } from './builder.ts';
import { refusalType, resultType } from './refusal.ts';
import { requestIdDescription } from './register-inputs.ts';

/** Cards that are printed before anybody gets them. */
export function addBatches(builder: CardsBuilder): void {
  const batch = builder.objectRef<CardBatchView>('CardBatch').implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      createdAt: t.expose('createdAt', { type: 'DateTime' }),
      count: t.exposeInt('count'),
      waiting: t.exposeInt('waiting', { description: 'How many of its cards were not handed over yet.' }),
      sheets: t.exposeInt('sheets', { description: 'Of 50 cards each.' }),
      sheet: t.string({
        description:
          'A sheet for printing: a PDF on A4 with QR, Code 39 and code of each card that was not handed over yet, in ' +
          'base64. Made anew each time; no file with codes lies about.',
        args: { number: t.arg.int({ required: true, description: 'From 1 to sheets.' }) },
        ...costs(100),
        resolve: ({ id }, args, { services, viewer }) => batchSheet(services, viewer, id, args.number),
      }),
    }),
  });
  const batches = connection(builder, 'CardBatch', batch);
  const refusal = refusalType(builder, 'CreateCardBatch', {
    codes: batchRefusalCodes,
    message: registerMessage,
  });
  const result = builder.unionType('CreateCardBatchResult', {
    types: [batch, refusal],
    resolveType: resultType('CardBatch', 'CreateCardBatchRefusal'),
  });
  const input = builder.inputType('CreateCardBatchInput', {
    fields: (t) => ({
      issuerId: t.id({ required: true }),
      count: t.int({ required: true, description: '1 to 500.' }),
      requestId: t.id({ required: true, description: requestIdDescription }),
    }),
  });
  builder.mutationField('createCardBatch', (t) =>
    t.field({
      type: result,
      description: 'Codes for printing. They are good for nothing until issueCard hands them over.',
      ...costs(50),
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, { services, viewer }) => createCardBatch(services, viewer, args.input),
    }),
  );
  builder.queryFields((t) => ({
    cardBatches: t.field({
      type: batches,
      description: "A unit's printed batches, the newest first. For its own staff.",
      args: { issuerId: t.arg.id({ required: true }), ...pageArgs(t) },
      resolve: (_, { issuerId, ...args }, { services, viewer }) =>
        cardBatches(services, viewer, issuerId, args),
    }),
    cardBatch: t.field({
      type: batch,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }, { services, viewer }) => cardBatch(services, viewer, id),
    }),
  }));
}
