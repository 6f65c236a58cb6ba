import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Card } from '../domain/card.ts';
import { formatCode } from '../domain/code.ts';
import { registerMessage } from '../domain/messages-register.ts';
import { changeRefusalCodes, mergeRefusalCodes, replaceRefusalCodes } from '../domain/register-codes.ts';
import { spokenCode } from '../domain/spoken.ts';
import { reportCardLost, resumeCard, suspendCard } from '../service/card-status.ts';
import { correctCard } from '../service/correct-card.ts';
import { mergeCards } from '../service/merge-cards.ts';
import { replaceCard, type ReplacedCard } from '../service/replace-card.ts';
import { viewChanged } from '../service/card-history.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { registerEnums } from './enums.ts';
import { refusalType, resultType } from './refusal.ts';
import { requestIdDescription } from './register-inputs.ts';

/** Wraps a card, so that the union's two sides differ. */
interface Changed {
  readonly card: Card;
}

const wrap = <Code extends string>(answer: Card | Refusal<Code>): Changed | Refusal<Code> =>
  isRefusal(answer) ? answer : { card: answer };

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addChanged(builder: CardsBuilder, card: CardRef) {
  return builder.objectRef<Changed>('CardChanged').implement({
    fields: (t) => ({
      card: t.field({ type: card, resolve: (parent, _args, context) => viewChanged(context, parent.card) }),
    }),
  });
}

type ChangedRef = ReturnType<typeof addChanged>;

/** Suspend, lost, resume, correct, merge, replace: what the unit that gave a card does with it between two renewals. */
export function addChangeCard(builder: CardsBuilder, card: CardRef): void {
  const changed = addChanged(builder, card);
  const changeResult = addChangeResult(builder, changed);
  addStatus(builder, changeResult);
  addCorrect(builder, changeResult);

  const mergeRefusal = refusalType(builder, 'MergeCards', {
    codes: mergeRefusalCodes,
    message: registerMessage,
  });
  const mergeResult = builder.unionType('MergeCardsResult', {
    types: [changed, mergeRefusal],
    resolveType: resultType('CardChanged', 'MergeCardsRefusal'),
  });
  const mergeInput = builder.inputType('MergeCardsInput', {
    fields: (t) => ({
      fromCardId: t.id({ required: true, description: 'The registration that goes.' }),
      intoCardId: t.id({
        required: true,
        description: 'The one that stays, with its code, its facts and its last day.',
      }),
      requestId: t.id({ required: true, description: requestIdDescription }),
    }),
  });
  builder.mutationField('mergeCards', (t) =>
    t.field({
      type: mergeResult,
      description:
        'Two registrations of one holder become one. For the unit that gave both, or the national centre.',
      args: { input: t.arg({ type: mergeInput, required: true }) },
      resolve: async (_, { input }, { services, viewer }) => wrap(await mergeCards(services, viewer, input)),
    }),
  );
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addChangeResult(builder: CardsBuilder, changed: ChangedRef) {
  const refusal = refusalType(builder, 'ChangeCard', {
    codes: changeRefusalCodes,
    message: registerMessage,
  });
  return builder.unionType('ChangeCardResult', {
    types: [changed, refusal],
    resolveType: resultType('CardChanged', 'ChangeCardRefusal'),
  });
}

type ChangeResult = ReturnType<typeof addChangeResult>;

function addStatus(builder: CardsBuilder, result: ChangeResult): void {
  const { suspendReason } = registerEnums(builder);
  const cardId = { required: true } as const;
  builder.mutationFields((t) => ({
    suspendCard: t.field({
      type: result,
      description: 'Takes a card out of use at once. Doing it twice changes nothing.',
      args: { cardId: t.arg.id(cardId), reason: t.arg({ type: suspendReason, required: true }) },
      resolve: async (_, args, { services, viewer }) =>
        wrap(await suspendCard(services, viewer, args.cardId, args.reason)),
    }),
    reportCardLost: t.field({
      type: result,
      description: 'Takes a lost card out of use at once; replaceCard gives a new one.',
      args: { cardId: t.arg.id(cardId) },
      resolve: async (_, args, { services, viewer }) =>
        wrap(await reportCardLost(services, viewer, args.cardId)),
    }),
    resumeCard: t.field({
      type: result,
      description: 'Gives a suspended or found card back its use, until the same last day.',
      args: { cardId: t.arg.id(cardId) },
      resolve: async (_, args, { services, viewer }) => wrap(await resumeCard(services, viewer, args.cardId)),
    }),
  }));
}

function addCorrect(builder: CardsBuilder, result: ChangeResult): void {
  const { background, correctReason } = registerEnums(builder);
  const input = builder.inputType('CorrectCardInput', {
    description: 'What is left out stays as it is.',
    fields: (t) => ({
      cardId: t.id({ required: true }),
      reason: t.field({ type: correctReason, required: true }),
      birthYear: t.int(),
      postcode: t.string(),
      children: t.int(),
      grandchildren: t.int(),
      background: t.field({ type: [background], description: 'An empty list takes back what was told.' }),
    }),
  });
  builder.mutationField('correctCard', (t) =>
    t.field({
      type: result,
      description:
        'What was written wrong is put right; the history keeps which facts, not what stood there.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: async (_, args, { services, viewer }) => wrap(await correctCard(services, viewer, args.input)),
    }),
  );
}

/** New plastic for the same registration. */
export function addReplace(builder: CardsBuilder, card: CardRef): void {
  const { phoneChoice, replaceReason } = registerEnums(builder);
  const replaced = builder.objectRef<ReplacedCard>('ReplacedCard').implement({
    description: 'Same holder, history and limits; the old code is unknown from now on.',
    fields: (t) => ({
      card: t.field({ type: card, resolve: (parent, _args, context) => viewChanged(context, parent.card) }),
      cardCode: t.string({ resolve: (parent) => formatCode(parent.code) }),
      spoken: t.field({
        type: 'Text',
        description: 'The code for the phone, character by character.',
        resolve: (parent) => spokenCode(parent.code),
      }),
    }),
  });
  const refusal = refusalType(builder, 'ReplaceCard', {
    codes: replaceRefusalCodes,
    message: registerMessage,
  });
  const result = builder.unionType('ReplaceCardResult', {
    types: [replaced, refusal],
    resolveType: resultType('ReplacedCard', 'ReplaceCardRefusal'),
  });
  const input = builder.inputType('ReplaceCardInput', {
    fields: (t) => ({
      cardId: t.id({ required: true }),
      reason: t.field({ type: replaceReason, required: true }),
      printedCode: t.string({ description: 'The code of a printed card of the unit; a new one without it.' }),
      phones: t.field({ type: phoneChoice, description: 'KEEP unless it is said.' }),
      requestId: t.id({ required: true, description: requestIdDescription }),
    }),
  });
  builder.mutationField('replaceCard', (t) =>
    t.field({
      type: result,
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, { services, viewer }) => replaceCard(services, viewer, args.input),
    }),
  );
}
