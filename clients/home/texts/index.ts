import type { Language } from '../../shared/i18n/language.ts';
import { useLanguage } from '../../shared/ui/language-provider.tsx';
import { en } from './en.ts';
import { fi } from './fi.ts';
import { sv } from './sv.ts';
import type { HomeTexts } from './texts.ts';

const homeTexts: Readonly<Record<Language, HomeTexts>> = { fi, sv, en };

export function useTexts(): HomeTexts {
  return homeTexts[useLanguage().language];
}
