import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { PresentationRefusalCode } from './present.ts';

// prettier-ignore
const months = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

/** What a refusal says aloud at the door, where the guest hears it: kind, short, what to do; never why or from whom. */
const dictionary: Record<PresentationRefusalCode, (facts: Facts) => Text> = {
  CARD_CODE_MISTYPED: () => ({
    fi: 'Kortin koodissa on kirjoitusvirhe. Tarkista koodi ja kirjoita se uudelleen.',
    sv: 'Det finns ett skrivfel i kortets kod. Kontrollera koden och skriv den på nytt.',
    en: 'There is a typing mistake in the card code. Please check the code and type it again.',
  }),
  CARD_UNKNOWN: () => ({
    fi: 'Tällä koodilla ei löydy korttia. Tarkista koodi. Apua saa paikasta, josta kortti on saatu.',
    sv: 'Vi hittar inget kort med den här koden. Kontrollera koden. Stället som gav kortet kan hjälpa.',
    en: 'We cannot find a card with this code. Please check the code. The place that gave the card can help.',
  }),
  CARD_EXPIRED: ({ validUntil }) => {
    const day = dayParts(String(validUntil));
    return {
      fi: `Kortti oli voimassa ${day.numeric} asti. Kortin voi uusia paikassa, josta se on saatu.`,
      sv: `Kortet gällde till och med ${day.numeric}. Kortet kan förnyas där det gavs.`,
      en: `The card was valid until ${day.spelled}. It can be renewed at the place that gave it.`,
    };
  },
  CARD_SUSPENDED: () => ({
    fi: 'Kortti ei ole nyt käytössä. Apua saa paikasta, josta kortti on saatu.',
    sv: 'Kortet är inte i bruk just nu. Stället som gav kortet kan hjälpa.',
    en: 'The card is not in use at the moment. The place that gave the card can help.',
  }),
};

/** The refusal in plain words, in Finnish, Swedish and English. */
export function refusalMessage(code: PresentationRefusalCode, facts: Facts): Text {
  return dictionary[code](facts);
}

function dayParts(date: string): { numeric: string; spelled: string } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { numeric: `${day}.${month}.${year}`, spelled: `${day} ${months[month - 1]} ${year}` };
}
