import { formatCode } from '../domain/code.ts';
import { registerMessage } from '../domain/messages-register.ts';
import { issueRefusalCodes } from '../domain/register-codes.ts';
import { spokenCode } from '../domain/spoken.ts';
import { issueCard, type IssuedCard } from '../service/issue-card.ts';
import { viewChanged } from '../service/card-history.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { registerEnums } from './enums.ts';
import { refusalParts, refusalType, resultType } from './refusal.ts';
import { requestIdDescription, toldDescription, type RegisterInputs } from './register-inputs.ts';

export function addIssue(builder: CardsBuilder, card: CardRef, inputs: RegisterInputs): void {
  const { kind, validityBasis } = registerEnums(builder);
  const { rule } = refusalParts(builder);
  const issued = builder.objectRef<IssuedCard>('IssuedCard').implement({
    description: 'A card as it was handed over. The code is shown here and never again.',
    fields: (t) => ({
      card: t.field({ type: card, resolve: (parent, _args, context) => viewChanged(context, parent.card) }),
      cardCode: t.string({
        description: 'As printed, in groups: K7M4-2Q9X-3B0T.',
        resolve: (parent) => formatCode(parent.code),
      }),
      spoken: t.field({
        type: 'Text',
        description: 'The code for the phone, character by character.',
        resolve: (parent) => spokenCode(parent.code),
      }),
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
  const refusal = refusalType(builder, 'IssueCard', {
    codes: issueRefusalCodes,
    message: registerMessage,
  });
  const input = builder.inputType('IssueCardInput', {
    fields: (t) => ({
      issuerId: t.id({ required: true }),
      kind: t.field({ type: kind, required: true }),
      holder: t.field({ type: inputs.holder, description: 'For a personal card; left out for a community.' }),
      homeInNetwork: t.boolean({
        description: 'For a personal card: whether the home municipality is in a network. Not stored.',
      }),
      wellbeing: t.field({ type: inputs.wellbeing, description: 'For a personal card.' }),
      toldNotToLeaveUnused: t.boolean({ required: true, description: toldDescription }),
      issuedOn: t.field({
        type: 'Date',
        description: 'The day of handover, for a form on paper that is typed in later; today without it.',
      }),
      printedCode: t.string({ description: 'The code of a printed card of the unit; a new one without it.' }),
      requestId: t.id({ required: true, description: requestIdDescription }),
    }),
  });
  const result = builder.unionType('IssueCardResult', {
    types: [issued, refusal],
    resolveType: resultType('IssuedCard', 'IssueCardRefusal'),
  });
  builder.mutationField('issueCard', (t) =>
    t.field({
      type: result,
      description: 'For the staff of the issuer: a card is handed over.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: { holder, ...wish } }, { services, viewer }) =>
        issueCard(services, viewer, {
          ...wish,
          holder: holder ? { ...holder, background: holder.background ?? [] } : null,
        }),
    }),
  );
}
