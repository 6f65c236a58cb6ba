import type { Text } from '../../../platform/text.ts';
import type { LimitName } from './verdict.ts';

/** Each limit in a few words, for a list of what was looked at. */
export const limitTitles: Readonly<Record<LimitName, Text>> = {
  CARD_CHECK_SIGNATURE: {
    fi: 'Kortti on tarkistettu',
    sv: 'Kortet är kontrollerat',
    en: 'The card was checked',
  },
  CARD_CHECK_VENUE: {
    fi: 'Kortti on luettu tässä kohteessa',
    sv: 'Kortet är läst hos den här arrangören',
    en: 'The card was read at this venue',
  },
  CARD_CHECK_EXPIRY: {
    fi: 'Kortti on luettu äskettäin',
    sv: 'Kortet är läst nyligen',
    en: 'The card was read just now',
  },
  PERFORMANCE_CANCELLED: {
    fi: 'Esitys järjestetään',
    sv: 'Föreställningen blir av',
    en: 'The performance takes place',
  },
  PERFORMANCE_OVER: {
    fi: 'Esitys ei ole päättynyt',
    sv: 'Föreställningen är inte slut',
    en: 'The performance has not ended',
  },
  REDEMPTION_WINDOW: {
    fi: 'Lunastusaika',
    sv: 'Tid för att hämta biljetter',
    en: 'When tickets can be redeemed',
  },
  ENROLMENT_WINDOW: { fi: 'Ilmoittautumisaika', sv: 'Anmälningstid', en: 'When one can enrol' },
  NO_CHILDREN_AT_COURSES: {
    fi: 'Kursseille ei lasten paikkoja',
    sv: 'Inga barnplatser på kurser',
    en: "No children's places at courses",
  },
  NO_COMMUNITY_CARDS_AT_COURSES: {
    fi: 'Kursseille ei yhteisökortilla',
    sv: 'Inga kursplatser med gemenskapskort',
    en: 'No course places on a community card',
  },
  LINES_OF_CARD: {
    fi: 'Liput, jotka kortilla saa',
    sv: 'Biljetter som kortet ger',
    en: 'Tickets that the card gives',
  },
  ONCE_PER_PERFORMANCE: {
    fi: 'Kerran esitystä kohti',
    sv: 'En gång per föreställning',
    en: 'Once per performance',
  },
  ONCE_PER_PRODUCTION: { fi: 'Kerran teosta kohti', sv: 'En gång per produktion', en: 'Once per production' },
  COURSES_AT_A_TIME: { fi: 'Kursseja kerrallaan', sv: 'Kurser åt gången', en: 'Courses at a time' },
  COURSES_PER_TERM: { fi: 'Kursseja lukukaudessa', sv: 'Kurser per termin', en: 'Courses per term' },
  COURSES_PER_YEAR: { fi: 'Kursseja vuodessa', sv: 'Kurser per år', en: 'Courses per year' },
  FEE_CEILING: { fi: 'Kurssimaksun katto', sv: 'Tak för kursavgiften', en: 'Ceiling of the course fee' },
  ASSISTANT_FREE: {
    fi: 'Avustaja maksutta, ei vie paikkaa',
    sv: 'Assistent gratis, tar ingen plats',
    en: 'Assistants free, they take no place',
  },
  CAP: { fi: 'Paikkojen yläraja', sv: 'Högsta antalet platser', en: 'Most places on the card' },
  SHARED_CAP: {
    fi: 'Yhteinen yläraja',
    sv: 'Gemensam gräns',
    en: 'Most places together with other dates',
  },
  CAP_FLOOR: { fi: 'Ylärajan vähimmäismäärä', sv: 'Minimigräns för platserna', en: 'Lowest cap allowed' },
};
