import { timeZone } from '../../platform/clock.ts';
import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { RatingCategory, RatingRefusalCode } from './rating.ts';

/** What a holder reads above each row of stars. */
export const ratingTitles: Readonly<Record<RatingCategory, Text>> = {
  ACCESSIBILITY: { fi: 'Saavutettavuus', sv: 'Tillgänglighet', en: 'Accessibility' },
  MEANING: { fi: 'Merkitys sinulle', sv: 'Betydelse för dig', en: 'What it meant to you' },
  INTEREST: {
    fi: 'Sisällön kiinnostavuus',
    sv: 'Hur intressant innehållet var',
    en: 'Interest of the content',
  },
};

const dictionary: Record<RatingRefusalCode, (facts: Facts) => Text> = {
  NOT_OVER: ({ endsAt }) => ({
    fi: `Voit arvioida käynnin, kun se on ohi: ${day(endsAt, 'fi')} alkaen.`,
    sv: `Du kan ge ett omdöme när besöket är över: från och med ${day(endsAt, 'sv')}.`,
    en: `You can rate the visit when it is over: from ${day(endsAt, 'en')}.`,
  }),
  RATING_CLOSED: ({ closedAt, days }) => ({
    fi: `Arviota voi muuttaa ${days} päivän ajan. Se päättyi ${day(closedAt, 'fi')}.`,
    sv: `Omdömet kan ändras i ${days} dagar. Tiden gick ut ${day(closedAt, 'sv')}.`,
    en: `A rating can be changed for ${days} days. They ended on ${day(closedAt, 'en')}.`,
  }),
  REDEMPTION_CANCELLED: () => ({
    fi: 'Lippu on peruttu, joten käyntiä ei voi arvioida.',
    sv: 'Biljetten är avbokad, så besöket kan inte få något omdöme.',
    en: 'The ticket was cancelled, so the visit cannot be rated.',
  }),
};

export function ratingMessage(code: RatingRefusalCode, facts: Facts): Text {
  return dictionary[code](facts);
}

function day(instant: Facts[string] | undefined, language: 'fi' | 'sv' | 'en'): string {
  const at = new Date(String(instant));
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-FI`, {
    timeZone,
    day: 'numeric',
    month: language === 'en' ? 'long' : 'numeric',
    year: 'numeric',
  }).format(at);
}

/** Why a venue sees no average yet. */
export const tooFewAnswers: Text = {
  fi: 'Keskiarvo näytetään, kun vähintään viisi kortinhaltijaa on vastannut.',
  sv: 'Medeltalet visas när minst fem kortinnehavare har svarat.',
  en: 'The average is shown once at least five card holders have answered.',
};
