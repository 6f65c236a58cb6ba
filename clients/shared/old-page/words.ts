import type { Language } from '../i18n/language.ts';

export interface OldPageWords {
  /** The page is about to load itself again. */
  readonly reloading: string;
  /** It has done so, and it did not help. */
  readonly stillOld: string;
  readonly reload: string;
}

export const oldPageWords: Readonly<Record<Language, OldPageWords>> = {
  fi: {
    reloading: 'Palvelu on päivitetty, ja tämä sivu on vanha. Sivu latautuu kohta uudelleen.',
    stillOld: 'Tämä sivu on yhä vanha, eikä kaikki toimi. Lataa sivu hetken kuluttua uudelleen.',
    reload: 'Lataa uudelleen',
  },
  sv: {
    reloading: 'Tjänsten har uppdaterats och den här sidan är gammal. Sidan laddas strax om.',
    stillOld: 'Den här sidan är fortfarande gammal och allt fungerar inte. Ladda om sidan om en stund.',
    reload: 'Ladda om',
  },
  en: {
    reloading: 'The service has been updated, and this page is old. It will load again in a moment.',
    stillOld: 'This page is still old, and not everything works. Load it again in a while.',
    reload: 'Load again',
  },
};
