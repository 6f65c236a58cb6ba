import type { Language } from './language.ts';
import { languages } from './language.ts';

/** A text of the graph, in as many of the three languages as it has. */
export interface Text {
  readonly fi: string | null;
  readonly sv: string | null;
  readonly en: string | null;
}

export interface Picked {
  readonly value: string;
  /** The language the value is really in, for its `lang` attribute. */
  readonly language: Language;
}

/** The text in the wanted language, else in the first that it has; an empty text when it has none. */
export function pick(text: Text, wanted: Language): Picked {
  for (const language of [wanted, ...languages]) {
    const value = text[language];
    if (value !== null && value !== '') return { value, language };
  }
  return { value: '', language: wanted };
}
