import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { PhoneRefusalCode } from './phone.ts';

const dictionary: Record<PhoneRefusalCode, (facts: Facts) => Text> = {
  CODE_NOT_VALID: () => ({
    fi: 'Koodi ei toimi. Se on ehkä jo käytetty, vanhentunut tai kirjoitettu väärin. Pyydä uusi koodi.',
    sv: 'Koden fungerar inte. Den är kanske redan använd, för gammal eller felskriven. Be om en ny kod.',
    en: 'The code does not work. It may have been used, be too old or be mistyped. Ask for a new one.',
  }),
  PROOF_NOT_VALID: () => ({
    fi: 'Puhelimen avain ei kelpaa. Lataa sivu uudelleen ja kokeile toisen kerran.',
    sv: 'Telefonens nyckel duger inte. Ladda om sidan och försök på nytt.',
    en: 'The key of the phone does not work. Load the page again and try once more.',
  }),
  CARD_NOT_IN_USE: () => ({
    fi: 'Kortti ei ole nyt käytössä. Apua saa paikasta, josta kortti on saatu.',
    sv: 'Kortet är inte i bruk just nu. Stället som gav kortet kan hjälpa.',
    en: 'The card is not in use at the moment. The place that gave the card can help.',
  }),
  TOO_MANY_PHONES: ({ most }) => ({
    fi: `Kortti on jo ${most} puhelimessa. Poista ensin yksi niistä.`,
    sv: `Kortet finns redan i ${most} telefoner. Ta först bort en av dem.`,
    en: `The card is on ${most} phones already. Remove one of them first.`,
  }),
  TOO_MANY_CODES: ({ most }) => ({
    fi: `Tälle kortille on annettu jo ${most} koodia vuorokauden aikana. Kokeile huomenna.`,
    sv: `Redan ${most} koder har getts för det här kortet under ett dygn. Försök i morgon.`,
    en: `Already ${most} codes were given for this card within a day. Try tomorrow.`,
  }),
  PHONE_UNKNOWN: () => ({
    fi: 'Kortti ei ole tässä puhelimessa, tai se on jo poistettu siitä.',
    sv: 'Kortet finns inte i den här telefonen, eller det har redan tagits bort.',
    en: 'The card is not on this phone, or it was removed already.',
  }),
};

/** The refusal in plain words, in Finnish, Swedish and English. */
export function phoneMessage(code: PhoneRefusalCode, facts: Facts): Text {
  return dictionary[code](facts);
}
