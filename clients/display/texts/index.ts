import type { Language } from '../../shared/i18n/language.ts';
import { en } from './en.ts';
import { fi } from './fi.ts';
import { sv } from './sv.ts';
import type { DisplayTexts } from './texts.ts';

export const displayTexts: Readonly<Record<Language, DisplayTexts>> = { fi, sv, en };
