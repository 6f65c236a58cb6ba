import { registerMessage } from '../domain/messages-register.ts';
import { renewRefusalCodes } from '../domain/register-codes.ts';
import { renewCard, type RenewedCard } from '../service/renew-card.ts';
import { viewChanged } from '../service/card-history.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { registerEnums } from './enums.ts';
import { refusalParts, refusalType, resultType } from './refusal.ts';
import { requestIdDescription, toldDescription, type RegisterInputs } from './register-inputs.ts';

export function addRenew(builder: CardsBuilder, card: CardRef, inputs: RegisterInputs): void {
  const { validityBasis } = registerEnums(builder);
  const { rule } = refusalParts(builder);
  const renewed = builder.objectRef<RenewedCard>('RenewedCard').implement({
    fields: (t) => ({
      card: t.field({ type: card, resolve: (parent, _args, context) => viewChanged(context, parent.card) }),
      validUntil: t.expose('validUntil', { type: 'Date', description: 'The last valid day.' }),
      validityBasis: t.field({ type: validityBasis, resolve: (parent) => parent.basis }),
      validityRule: t.field({
        type: rule,
        nullable: true,
        description: 'The rule that ends the card; null: the twelve months that stand without one.',
        resolve: (parent) => parent.rule,
      }),
    }),
  });
  const refusal = refusalType(builder, 'RenewCard', {
    codes: renewRefusalCodes,
    message: registerMessage,
    description:
      'Why the card is not renewed here and now, and what to do. It never tells which unit gave it.',
  });
  const input = builder.inputType('RenewCardInput', {
    description: 'Either cardId, from the own list, or code, from the card that the client brings.',
    fields: (t) => ({
      cardId: t.id(),
      code: t.string(),
      handedOn: t.field({
        type: 'Date',
        description: 'The day of the renewal, for a form on paper that is typed in later; today without it.',
      }),
      wellbeing: t.field({ type: inputs.wellbeing, description: 'For a personal card.' }),
      toldNotToLeaveUnused: t.boolean({ required: true, description: toldDescription }),
      requestId: t.id({ required: true, description: requestIdDescription }),
    }),
  });
  const result = builder.unionType('RenewCardResult', {
    types: [renewed, refusal],
    resolveType: resultType('RenewedCard', 'RenewCardRefusal'),
  });
  builder.mutationField('renewCard', (t) =>
    t.field({
      type: result,
      description: 'For the staff of the unit that gave the card; expired cards too.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, { services, viewer }) => renewCard(services, viewer, args.input),
    }),
  );
}
