import type { InputRef } from '@pothos/core';
import type { Language } from '../../platform/text.ts';

/** The platform's enum, for arguments and inputs. Pothos finds it by its name; its types know names of outputs only. */
export const languageType = 'Language' as unknown as InputRef<Language>;
