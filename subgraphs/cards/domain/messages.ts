import { timeZone } from '../../platform/clock.ts';
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
    const day = spelledDay(String(validUntil));
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
  PHONE_TOKEN_UNREADABLE: () => ({
    fi: 'Puhelimen koodi ei lukeutunut kokonaan. Lue se uudelleen, tai kirjoita kortin koodi.',
    sv: 'Telefonens kod lästes inte helt. Läs den på nytt, eller skriv kortets kod.',
    en: 'The code on the phone was not read completely. Scan it again, or type the code of the card.',
  }),
  PHONE_TOKEN_VERSION: () => ({
    fi: 'Puhelimen korttisivu on eri versio. Avaa sivu uudelleen verkossa, tai kirjoita kortin koodi.',
    sv: 'Kortsidan i telefonen är en annan version. Öppna sidan på nytt med nätet på, eller skriv kortets kod.',
    en: 'The card page on the phone is of another version. Open it again online, or type the code of the card.',
  }),
  PHONE_TOKEN_EXPIRED: () => ({
    fi: 'Puhelimen koodi on vanha. Avaa korttisivu uudelleen ja näytä uusi koodi. Kuvakaappaus ei kelpaa.',
    sv: 'Koden i telefonen är för gammal. Öppna kortsidan på nytt och visa den nya koden. En skärmbild duger inte.',
    en: 'The code on the phone is too old. Open the card page again and show the new code. A picture of it will not do.',
  }),
  TOKEN_ALREADY_SHOWN: () => ({
    fi: 'Tämä koodi on juuri näytetty toisessa paikassa. Odota puoli minuuttia ja näytä uusi koodi.',
    sv: 'Den här koden visades nyss på ett annat ställe. Vänta en halv minut och visa den nya koden.',
    en: 'This code was shown at another place just now. Wait half a minute and show the new code.',
  }),
  TOO_MANY_MISSES: ({ opensAt }) => {
    const time = clockTime(String(opensAt));
    return {
      fi: `Liian monta väärää koodia. Kortteja voi tarkistaa taas kello ${time}. Kansallinen toimisto voi avata aiemmin.`,
      sv: `För många felaktiga koder. Kort kan kontrolleras igen kl. ${time}. Det nationella kontoret kan öppna tidigare.`,
      en: `Too many wrong codes. Cards can be checked again at ${time.replace('.', ':')}. The national office can open it earlier.`,
    };
  },
};

const helsinkiTime = new Intl.DateTimeFormat('fi-FI', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `14.05`, in Helsinki. */
function clockTime(instant: string): string {
  return helsinkiTime.format(new Date(instant));
}

/** The refusal in plain words, in Finnish, Swedish and English. */
export function refusalMessage(code: PresentationRefusalCode, facts: Facts): Text {
  return dictionary[code](facts);
}

/** A day as it is said to people: `22.11.2026`, `22 November 2026`. */
export function spelledDay(date: string): { numeric: string; spelled: string } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { numeric: `${day}.${month}.${year}`, spelled: `${day} ${months[month - 1]} ${year}` };
}
