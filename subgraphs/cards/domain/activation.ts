import type { Text } from '../../platform/text.ts';

export interface Experience {
  readonly text: Text;
  /** The document that says so. */
  readonly source: string;
}

/**
 * What documents say of cards being used. None of them measured what makes a holder use a card for the first time, so
 * nothing here claims an effect.
 */
export const experiences: readonly Experience[] = [
  {
    text: {
      fi: 'Vuonna 2023 Suomessa rekisteröitiin 14 789 korttia ja käyttöön otettiin 5 608 eli 38 prosenttia. Aikuisten käytöistä liikuntaa oli 53 prosenttia.',
      sv: 'År 2023 registrerades 14 789 kort i Finland och 5 608 togs i bruk, 38 procent. Av de vuxnas användningar var 53 procent idrott.',
      en: 'In 2023, 14 789 cards were registered in Finland and 5 608 taken into use: 38 per cent. Sport was 53 per cent of the adults’ uses.',
    },
    source: 'kaikukortti_national_annual_2015_2023.csv',
  },
  {
    text: {
      fi: 'Kuopiossa korteista käytettiin 51 prosenttia vuonna 2024.',
      sv: 'I Kuopio användes 51 procent av korten år 2024.',
      en: 'In Kuopio 51 per cent of the cards were used in 2024.',
    },
    source: 'kuopio_summary_figures.csv (Kuopio slides 2025-09-11)',
  },
  {
    text: {
      fi: 'Yhteisön kortilla työntekijä, vapaaehtoinen tai opiskelija voi lähteä mukaan käynnille yhden asiakkaan tai pienen ryhmän kanssa.',
      sv: 'Med gemenskapskortet kan en anställd, frivillig eller studerande följa med på besök med en klient eller en liten grupp.',
      en: 'With the community card a worker, volunteer or student can come along on a visit with one client or a small group.',
    },
    source: 'policy_rules.csv (community_card.group)',
  },
];
