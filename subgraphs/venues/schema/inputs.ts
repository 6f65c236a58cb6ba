import type { VenuesBuilder } from './builder.ts';

export type Inputs = ReturnType<typeof addInputs>;

/** Inputs that several mutations take. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addInputs(builder: VenuesBuilder) {
  const text = builder.inputType('TextInput', {
    description: 'A text in Finnish, Swedish and English; what is left out nobody has translated.',
    fields: (t) => ({ fi: t.string(), sv: t.string(), en: t.string() }),
  });
  return { text };
}

interface SentText {
  readonly fi?: string | null | undefined;
  readonly sv?: string | null | undefined;
  readonly en?: string | null | undefined;
}

interface FullText {
  readonly fi: string | null;
  readonly sv: string | null;
  readonly en: string | null;
}

const blankIsNone = (value: string | null | undefined): string | null =>
  value === undefined || value === null || value.trim() === '' ? null : value;

/** A text as sent; what is blank in all languages is no text. */
export function readText({ fi, sv, en }: SentText): FullText {
  return { fi: blankIsNone(fi), sv: blankIsNone(sv), en: blankIsNone(en) };
}

/** Left out stays left out, null stays null. */
export function readTextChange(sent: SentText | null | undefined): FullText | null | undefined {
  if (sent === null || sent === undefined) return sent;
  const text = readText(sent);
  return text.fi === null && text.sv === null && text.en === null ? null : text;
}
