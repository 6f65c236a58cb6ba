import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import { refusalMessage } from '../domain/messages.ts';
import { ticketLineTypes, type PresentationRefusalCode } from '../domain/present.ts';
import { presentCard, type Presentation } from '../service/present-card.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
}

export function addPresentation(builder: CardsBuilder, card: CardRef): void {
  const lineType = builder.enumType('TicketLineType', { values: ticketLineTypes });
  const presentation = builder.objectRef<Presentation>('Presentation').implement({
    description: 'A valid card, shown at one venue. It can be redeemed there until it expires.',
    fields: (t) => ({
      card: t.expose('card', { type: card }),
      childrenAllowed: t.exposeInt('childrenAllowed', { description: 'Most CHILD tickets.' }),
      allowedLines: t.expose('allowedLines', { type: [lineType] }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
      token: t.exposeString('token', {
        description: 'For redeem(input: { presentation }). Signed, for this venue only.',
      }),
    }),
  });

  const code = builder.enumType('PresentationRefusalCode', {
    values: ['CARD_CODE_MISTYPED', 'CARD_UNKNOWN', 'CARD_EXPIRED', 'CARD_SUSPENDED'] as const,
  });
  const fact = builder.objectRef<Fact>('PresentationFact').implement({
    fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
  });
  const refusal = builder.objectRef<Refusal<PresentationRefusalCode>>('PresentationRefusal').implement({
    description: 'The card cannot be used now. It never says why somebody has a card, or from whom.',
    fields: (t) => ({
      code: t.expose('code', { type: code }),
      message: t.field({ type: 'Text', resolve: (refused) => refusalMessage(refused.code, refused.facts) }),
      facts: t.field({
        type: [fact],
        description: 'CARD_EXPIRED: validUntil, the last valid day. CARD_CODE_MISTYPED: problem.',
        resolve: ({ facts }) =>
          Object.entries(facts).map(([name, value]) => ({ name, value: String(value) })),
      }),
    }),
  });

  const result = builder.unionType('PresentationResult', {
    types: [presentation, refusal],
    resolveType: (value) => (isRefusal(value) ? 'PresentationRefusal' : 'Presentation'),
  });
  const input = builder.inputType('PresentCardInput', {
    fields: (t) => ({
      code: t.string({
        required: true,
        description:
          'As printed, typed or scanned: any case, with or without hyphens, O for 0, I or L for 1.',
      }),
      venueId: t.id({ required: true }),
    }),
  });
  builder.mutationField('presentCard', (t) =>
    t.field({
      type: result,
      description: 'For the staff of the venue: is this card valid here and now, and for whom?',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, { services, viewer }) => presentCard(services, viewer, args.input),
    }),
  );
}
