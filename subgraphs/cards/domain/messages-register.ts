import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import { refusalMessage, spelledDay } from './messages.ts';
import type { RegisterRefusalCode } from './register-codes.ts';

/** What a refusal says to the worker at the desk, with the client beside: kind, short, what to do; never whose card it is. */
const dictionary: Record<Exclude<RegisterRefusalCode, 'TOO_MANY_MISSES'>, (facts: Facts) => Text> = {
  ISSUER_NOT_TAKING_PART: ({ year }) => ({
    fi: `Yksikkö ei ole mukana vuonna ${year}. Kysy verkoston vastuuhenkilöltä.`,
    sv: `Enheten är inte med år ${year}. Fråga nätverkets kontaktperson.`,
    en: `The unit does not take part in ${year}. Please ask the coordinator of the network.`,
  }),
  HOLDER_TOO_YOUNG: ({ minAge }) => ({
    fi: `Kortin voi saada sinä vuonna, kun täyttää ${minAge} vuotta.`,
    sv: `Man kan få kortet det år man fyller ${minAge} år.`,
    en: `The card can be given in the year in which its holder turns ${minAge}.`,
  }),
  HOME_OUTSIDE_NETWORKS: () => ({
    fi: 'Kortin voi saada, kun kotikunta on mukana verkostossa.',
    sv: 'Man kan få kortet när hemkommunen är med i ett nätverk.',
    en: 'The card can be given when the home municipality is in a network.',
  }),
  PILOT_ENDED: ({ endedOn }) => {
    const day = spelledDay(String(endedOn));
    return {
      fi: `Kokeilu päättyi ${day.numeric}. Kysy verkoston vastuuhenkilöltä.`,
      sv: `Försöket tog slut ${day.numeric}. Fråga nätverkets kontaktperson.`,
      en: `The pilot ended on ${day.spelled}. Please ask the coordinator of the network.`,
    };
  },
  CARD_CODE_MISTYPED: () => ({
    fi: 'Kortin koodissa on kirjoitusvirhe. Tarkista koodi ja kirjoita se uudelleen.',
    sv: 'Det finns ett skrivfel i kortets kod. Kontrollera koden och skriv den på nytt.',
    en: 'There is a typing mistake in the card code. Please check the code and type it again.',
  }),
  CODE_ALREADY_ISSUED: () => ({
    fi: 'Tämä painettu kortti on jo annettu. Ota toinen kortti.',
    sv: 'Det här tryckta kortet har redan getts ut. Ta ett annat kort.',
    en: 'This printed card was handed over already. Please take another card.',
  }),
  CODE_NOT_PRINTED: () => ({
    fi: 'Yksiköllesi ei ole painettu korttia tällä koodilla. Tarkista koodi, ota oman yksikkösi kortti tai anna uusi koodi.',
    sv: 'Det finns inget kort med den här koden tryckt för din enhet. Kontrollera koden, ta ett av din enhets kort eller ge en ny kod.',
    en: 'No card with this code was printed for your unit. Please check it, take a card of your own unit, or give a new code.',
  }),
  RENEW_AT_ISSUING_UNIT: () => ({
    fi: 'Yksikkösi ei ole antanut korttia tällä koodilla. Tarkista koodi. Kortti uusitaan paikassa, josta se on saatu: ohjaa asiakas sinne.',
    sv: 'Din enhet har inte gett något kort med den här koden. Kontrollera koden. Kortet förnyas där det gavs: hänvisa kunden dit.',
    en: 'Your unit gave no card with this code. Please check it. A card is renewed at the place that gave it: please ask the client to go there.',
  }),
  CARD_SUSPENDED: () => ({
    fi: 'Kortti ei ole nyt käytössä. Ota kortti ensin takaisin käyttöön.',
    sv: 'Kortet är inte i bruk just nu. Ta först kortet i bruk igen.',
    en: 'The card is not in use at the moment. Please take it into use again first.',
  }),
  CARD_MERGED: () => ({
    fi: 'Tämä kortti on yhdistetty saman asiakkaan toiseen korttiin. Käytä sitä korttia.',
    sv: 'Det här kortet har slagits ihop med samma kunds andra kort. Använd det kortet.',
    en: "This card was merged with the same client's other card. Please use that card.",
  }),
  CARD_NOT_IN_USE: () => ({
    fi: 'Tämä kortti ei ole enää kenenkään käytössä. Anna asiakkaalle uusi kortti.',
    sv: 'Det här kortet används inte längre av någon. Ge kunden ett nytt kort.',
    en: 'Nobody uses this card any more. Please give the client a new card.',
  }),
  RENEWAL_CHANGES_NOTHING: ({ validUntil }) => {
    const day = spelledDay(String(validUntil));
    return {
      fi: `Kortti on jo voimassa ${day.numeric} asti. Sitä ei tarvitse uusia nyt.`,
      sv: `Kortet gäller redan till och med ${day.numeric}. Det behöver inte förnyas nu.`,
      en: `The card is valid until ${day.spelled} already. There is no need to renew it now.`,
    };
  },
  CARD_HAS_NO_HOLDER: () => ({
    fi: 'Tällä kortilla ei ole henkilötietoja, joita voisi korjata.',
    sv: 'Det här kortet har inga personuppgifter som kan rättas.',
    en: 'This card has no facts of a holder that could be corrected.',
  }),
  MERGE_NEEDS_TWO_PERSONAL_CARDS: () => ({
    fi: 'Yhdistämiseen tarvitaan kaksi saman asiakkaan henkilökohtaista korttia.',
    sv: 'För att slå ihop behövs två personliga kort av samma kund.',
    en: 'Merging needs two personal cards of the same client.',
  }),
};

/** The refusal in plain words, in Finnish, Swedish and English. */
export function registerMessage(code: RegisterRefusalCode, facts: Facts): Text {
  return code === 'TOO_MANY_MISSES' ? refusalMessage(code, facts) : dictionary[code](facts);
}
