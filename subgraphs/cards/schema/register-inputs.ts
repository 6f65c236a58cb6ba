import type { CardsBuilder } from './builder.ts';
import { registerEnums } from './enums.ts';

/** Inputs that issue, renew and correct have in common. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addRegisterInputs(builder: CardsBuilder) {
  const { background } = registerEnums(builder);
  const scale = builder.inputType('ScaleAnswerInput', {
    description: 'Either an answer from 0 to 10, where 0 is an answer, or an explicit decline.',
    fields: (t) => ({ answer: t.int(), declined: t.boolean() }),
  });
  const wellbeing = builder.inputType('WellbeingInput', {
    description: 'Answers go into pooled figures, apart from the card. Declining changes nothing.',
    fields: (t) => ({
      satisfaction: t.field({
        type: scale,
        required: true,
        description: 'How satisfied are you at the moment with your life overall?',
      }),
      increased: t.field({
        type: scale,
        description: 'At renewal, and required there: the card has increased my wellbeing.',
      }),
      consent: t.boolean({ description: 'Required true with any answer: it may be pooled with others.' }),
    }),
  });
  const holder = builder.inputType('HolderInput', {
    description: 'Nothing else is recorded of a holder: no name, no birth date, no address.',
    fields: (t) => ({
      birthYear: t.int({ required: true }),
      postcode: t.string({ required: true, description: 'Five digits.' }),
      children: t.int({ required: true, description: 'Own or same-household minor children, 0 to 20.' }),
      grandchildren: t.int({ required: true, description: 'Minor grandchildren, 0 to 50.' }),
      background: t.field({ type: [background], description: 'Voluntary.' }),
    }),
  });
  return { wellbeing, holder };
}

export type RegisterInputs = ReturnType<typeof addRegisterInputs>;

export const requestIdDescription =
  'An idempotency key of 8 to 100 letters, digits, - or _: the same call again gives the same answer.';
export const toldDescription =
  'That the holder was told not to leave a ticket unused without telling the venue: must be true.';
