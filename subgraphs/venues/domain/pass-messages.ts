import { timeZone } from '../../platform/clock.ts';
import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';

export type PassRefusalCode =
  | 'PERSONAL_CARD_NEEDED'
  | 'NO_PASS'
  | 'PASS_GIVEN_ALREADY'
  | 'PASS_USED_UP'
  | 'PASS_EXPIRED'
  | 'FEE_LIMIT_REACHED';

/** What refusals of passes and fees say aloud, where the guest hears it. */
export const passMessages: Record<PassRefusalCode, (facts: Facts) => Text> = {
  PERSONAL_CARD_NEEDED: () => ({
    fi: 'Tämä etu on henkilökohtaisella kortilla. Yhteisökortilla sitä ei voi käyttää.',
    sv: 'Den här förmånen gäller personliga kort. Den kan inte användas med gemenskapskort.',
    en: 'This benefit is for personal cards. It cannot be used with a community card.',
  }),
  NO_PASS: () => ({
    fi: 'Kortilla ei ole vielä sarjakorttia tänne. Sen saa kassalta.',
    sv: 'Kortet har ännu inget seriekort hit. Det fås i kassan.',
    en: 'The card has no series pass here yet. It is given at the desk.',
  }),
  PASS_GIVEN_ALREADY: ({ left, visits, expiresOn }) => ({
    fi: `Kortilla on jo sarjakortti: käyntejä on jäljellä ${left}/${visits}, voimassa ${day(expiresOn, 'fi')} asti.`,
    sv: `Kortet har redan ett seriekort: ${left} av ${visits} besök återstår, det gäller till och med ${day(expiresOn, 'sv')}.`,
    en: `The card has a series pass already: ${left} of ${visits} visits left, valid until ${day(expiresOn, 'en')}.`,
  }),
  PASS_USED_UP: ({ used, visits, expiresOn }) => ({
    fi: `Sarjakortin käynnit on käytetty: ${used}/${visits}. Uuden sarjakortin voi saada, kun tämä on päättynyt ${day(expiresOn, 'fi')}.`,
    sv: `Seriekortets besök är använda: ${used} av ${visits}. Ett nytt seriekort kan fås när det här har gått ut ${day(expiresOn, 'sv')}.`,
    en: `The visits of the series pass are used: ${used} of ${visits}. A new one can be given when this one has ended on ${day(expiresOn, 'en')}.`,
  }),
  PASS_EXPIRED: ({ expiredOn }) => ({
    fi: `Sarjakortin viimeinen päivä oli ${day(expiredOn, 'fi')}.`,
    sv: `Seriekortets sista dag var ${day(expiredOn, 'sv')}.`,
    en: `The last day of the series pass was ${day(expiredOn, 'en')}.`,
  }),
  FEE_LIMIT_REACHED: ({ allowed, left, wanted }) => ({
    fi: `Kortti korvaa näitä maksuja enintään ${euros(allowed, 'fi')} vuodessa. Jäljellä on ${euros(left, 'fi')}, tarvittaisiin ${euros(wanted, 'fi')}.`,
    sv: `Kortet ersätter de här avgifterna med högst ${euros(allowed, 'sv')} per år. Det återstår ${euros(left, 'sv')}, ${euros(wanted, 'sv')} skulle behövas.`,
    en: `The card covers at most ${euros(allowed, 'en')} of these fees in a year. Left: ${euros(left, 'en')}. Needed: ${euros(wanted, 'en')}.`,
  }),
};

/** What is said at a door that is closed now; `opensAt` not a text: nobody knows when it opens. */
export function closedNow(opensAt: Facts[string] | undefined): Text {
  if (typeof opensAt !== 'string') {
    return {
      fi: 'Täällä on nyt suljettu.',
      sv: 'Det är stängt här nu.',
      en: 'It is closed here now.',
    };
  }
  return {
    fi: `Täällä on nyt suljettu. Seuraavan kerran avataan ${moment(opensAt, 'fi')}.`,
    sv: `Det är stängt här nu. Nästa gång öppnas det ${moment(opensAt, 'sv')}.`,
    en: `It is closed here now. It opens next on ${moment(opensAt, 'en')}.`,
  };
}

type Language = 'fi' | 'sv' | 'en';
const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };
const monthIn = (language: Language): 'long' | 'numeric' => (language === 'en' ? 'long' : 'numeric');

function moment(at: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    day: 'numeric',
    month: monthIn(language),
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

function day(date: Facts[string] | undefined, language: Language): string {
  const format = { timeZone: 'UTC', day: 'numeric', month: monthIn(language), year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locales[language], format).format(new Date(`${String(date)}T00:00:00Z`));
}

function euros(cents: Facts[string] | undefined, language: Language): string {
  const format = { style: 'currency', currency: 'EUR' } as const;
  return new Intl.NumberFormat(locales[language], format).format(Number(cents) / 100);
}
