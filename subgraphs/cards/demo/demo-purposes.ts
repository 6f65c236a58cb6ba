import type { Text } from '../../platform/text.ts';
import { demoCards, unknownDemoCode, type DemoPurpose } from './demo-cards.ts';

const purposes: Readonly<Record<DemoPurpose, Text>> = {
  VALID_WITH_TWO_CHILDREN: {
    fi: 'Voimassa, kaksi lasta',
    sv: 'Giltigt, två barn',
    en: 'Valid, two children',
  },
  VALID_WITHOUT_CHILDREN: { fi: 'Voimassa', sv: 'Giltigt', en: 'Valid' },
  EXPIRED: { fi: 'Vanhentunut', sv: 'Har gått ut', en: 'Expired' },
  SUSPENDED: { fi: 'Ei käytössä', sv: 'Inte i bruk', en: 'Suspended' },
  COMMUNITY: { fi: 'Yhteisön kortti', sv: 'Gemenskapskort', en: 'Community card' },
  ISSUED_IN_TAMPERE: {
    fi: 'Jaettu Tampereella, yksi lapsenlapsi',
    sv: 'Utdelat i Tammerfors, ett barnbarn',
    en: 'Issued in Tampere, one grandchild',
  },
};

/** The made-up cards for whoever tries the product, with what each is good for. */
export const demoCardsByPurpose: readonly { readonly code: string; readonly purpose: Text }[] = [
  ...demoCards.map(({ code, purpose }) => ({ code, purpose: purposes[purpose] })),
  {
    code: unknownDemoCode,
    purpose: {
      fi: 'Oikein kirjoitettu, mutta korttia ei ole',
      sv: 'Rätt skrivet, men kortet finns inte',
      en: 'Well written, but there is no such card',
    },
  },
];
