/** A text in the three languages of the service. Null: nobody has translated it yet. */
export interface Text {
  readonly fi: string | null;
  readonly sv: string | null;
  readonly en: string | null;
}

export type Language = 'FI' | 'SV' | 'EN';

/** A picked text says which language it is really in, so that a screen can mark it (`lang`). */
export interface PickedText {
  readonly value: string;
  readonly language: Language;
}

const fallback: readonly Language[] = ['FI', 'SV', 'EN'];
const column = { FI: 'fi', SV: 'sv', EN: 'en' } as const;

/** The text in the asked language, else in the first of fi, sv, en that exists, else an empty text. */
export function pickText(text: Text, language: Language): PickedText {
  for (const candidate of [language, ...fallback]) {
    const value = text[column[candidate]];
    if (value !== null && value !== '') return { value, language: candidate };
  }
  return { value: '', language };
}

/** A name that is the same in every language. */
export function sameInAll(value: string): Text {
  return { fi: value, sv: value, en: value };
}
