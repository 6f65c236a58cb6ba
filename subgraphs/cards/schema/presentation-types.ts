import type { Refusal } from '../../platform/refusals.ts';
import { refusalMessage } from '../domain/messages.ts';
import {
  presentationRefusalCodes,
  ticketLineTypes,
  type PresentationRefusalCode,
} from '../domain/present.ts';
import type { Presentation } from '../service/presentation.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What a card that is shown comes to: a presentation, or a refusal that the guest may hear. */
// oxlint-disable-next-line typescript/explicit-function-return-type, typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addPresentationTypes(builder: CardsBuilder, card: CardRef) {
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
  return { presentation, refusal: addRefusal(builder) };
}

export type PresentationTypes = ReturnType<typeof addPresentationTypes>;

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addRefusal(builder: CardsBuilder) {
  const code = builder.enumType('PresentationRefusalCode', { values: presentationRefusalCodes });
  const fact = builder.objectRef<Fact>('PresentationFact').implement({
    fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
  });
  return builder.objectRef<Refusal<PresentationRefusalCode>>('PresentationRefusal').implement({
    description: 'The card cannot be used now. It never says why somebody has a card, or from whom.',
    fields: (t) => ({
      code: t.expose('code', { type: code }),
      message: t.field({ type: 'Text', resolve: (refused) => refusalMessage(refused.code, refused.facts) }),
      facts: t.field({
        type: [fact],
        description:
          'CARD_EXPIRED: validUntil, the last valid day. CARD_CODE_MISTYPED: problem. PHONE_TOKEN_EXPIRED: seconds, how ' +
          'far off it is. TOO_MANY_MISSES: scope, opensAt.',
        resolve: ({ facts }) =>
          Object.entries(facts).map(([name, value]) => ({ name, value: String(value) })),
      }),
    }),
  });
}
