import type { Language } from '../../shared/i18n/language.ts';
import { useLanguage } from '../../shared/ui/language-provider.tsx';
import { en } from './en.ts';
import { fi } from './fi.ts';
import { sv } from './sv.ts';
import type { CardTexts } from './texts.ts';

const cardTexts: Readonly<Record<Language, CardTexts>> = { fi, sv, en };

export function useTexts(): CardTexts {
  return cardTexts[useLanguage().language];
}
