import type { Language } from '../../shared/i18n/language.ts';
import { useLanguage } from '../../shared/ui/language-provider.tsx';
import { en } from './en.ts';
import { fi } from './fi.ts';
import { sv } from './sv.ts';
import type { DoorTexts } from './texts.ts';

const doorTexts: Readonly<Record<Language, DoorTexts>> = { fi, sv, en };

export function useTexts(): DoorTexts {
  return doorTexts[useLanguage().language];
}
