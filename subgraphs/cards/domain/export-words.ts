import type { Language } from '../../platform/text.ts';
import type { Background, ChangeKind } from './card.ts';

/** The words of what a holder takes along, beside those of the sheets: plain, and in the order of the page. */
export interface ExportWords {
  readonly background: string;
  readonly backgrounds: Readonly<Record<Background, string>>;
  readonly history: string;
  readonly issued: string;
  readonly renewed: string;
  readonly changes: Readonly<Record<ChangeKind, string>>;
  readonly phones: string;
  readonly olderReadings: string;
  /** What the holder said of evenings, by category. */
  readonly ratings: string;
  readonly ratingName: Readonly<Record<string, string>>;
  /** Lines that the holder stood in, and what became of it. */
  readonly waiting: string;
  readonly waitingStatus: Readonly<Record<string, string>>;
  readonly about: string;
  /** What is in it, what is not and why. */
  readonly notes: readonly string[];
  /** Of the paper alone: why the code does not stand there. */
  readonly noCode: string;
}

export const exportWords: Readonly<Record<Language, ExportWords>> = {
  FI: {
    background: 'Mitä kerroit tilanteestasi',
    backgrounds: {
      EMPLOYED: 'töissä',
      ENTREPRENEUR: 'yrittäjä',
      UNEMPLOYED: 'työtön',
      STUDENT: 'opiskelija',
      PENSIONER: 'eläkkeellä',
      CARING_AT_HOME: 'hoidan omaisiani kotona',
      OTHER: 'muu',
    },
    history: 'Mitä kortille on tehty',
    issued: 'kortti annettiin',
    renewed: 'kortti uusittiin',
    changes: {
      CORRECTED: 'tietoja korjattiin',
      SUSPENDED: 'kortti otettiin pois käytöstä',
      RESUMED: 'kortti otettiin takaisin käyttöön',
      LOST: 'kortti ilmoitettiin kadonneeksi',
      REPLACED: 'kortti sai uuden koodin',
      MERGED: 'kortti yhdistettiin toiseen',
      ABSORBED: 'toinen kortti yhdistettiin tähän',
      ERASED: 'tiedot poistettiin',
    },
    phones: 'Puhelimia, joissa kortti on',
    olderReadings: 'Tätä vanhemmat katselut näkyvät tililläsi.',
    ratings: 'Mitä olet sanonut käynneistä (0–5)',
    ratingName: { ACCESSIBILITY: 'esteettömyys', MEANING: 'merkitys sinulle', INTEREST: 'kiinnostavuus' },
    waiting: 'Missä olet jonottanut paikkoja',
    waitingStatus: {
      WAITING: 'jonotat',
      OFFERED: 'paikkoja on tarjottu sinulle',
      ACCEPTED: 'sait paikat',
      LEFT: 'lähdit jonosta',
      DECLINED: 'et ottanut paikkoja',
      EXPIRED: 'paikkoja ei otettu ajoissa',
      CANCELLED: 'esitys peruttiin',
    },
    about: 'Mistä nämä tiedot ovat',
    notes: [
      'Tässä on se, mitä kortin rekisteri tietää sinusta, ja kortin käyttö, jonka kohteet ovat kirjanneet. Viestejä tässä ei ole.',
      'Vastaukset hyvinvoinnista on erotettu kortista heti, kun ne annettiin. Niitä ei voi enää yhdistää sinuun.',
      'Näet, milloin ja miksi tietojasi on katsottu ja millaisessa paikassa. Ihmisten nimiä ei ole merkitty.',
    ],
    noCode: 'Kortin koodi ei ole tällä paperilla, jotta kukaan muu ei voi käyttää korttiasi.',
  },
  SV: {
    background: 'Vad du har berättat om din situation',
    backgrounds: {
      EMPLOYED: 'i arbete',
      ENTREPRENEUR: 'företagare',
      UNEMPLOYED: 'arbetslös',
      STUDENT: 'studerande',
      PENSIONER: 'pensionär',
      CARING_AT_HOME: 'vårdar anhöriga hemma',
      OTHER: 'annat',
    },
    history: 'Vad som har hänt med kortet',
    issued: 'kortet gavs',
    renewed: 'kortet förnyades',
    changes: {
      CORRECTED: 'uppgifter rättades',
      SUSPENDED: 'kortet togs ur bruk',
      RESUMED: 'kortet togs i bruk igen',
      LOST: 'kortet anmäldes förlorat',
      REPLACED: 'kortet fick en ny kod',
      MERGED: 'kortet slogs ihop med ett annat',
      ABSORBED: 'ett annat kort slogs ihop med det här',
      ERASED: 'uppgifterna raderades',
    },
    phones: 'Telefoner som har kortet',
    olderReadings: 'Äldre visningar syns på ditt konto.',
    ratings: 'Vad du har sagt om dina besök (0–5)',
    ratingName: {
      ACCESSIBILITY: 'tillgänglighet',
      MEANING: 'betydelse för dig',
      INTEREST: 'intressant innehåll',
    },
    waiting: 'Var du har köat för platser',
    waitingStatus: {
      WAITING: 'du köar',
      OFFERED: 'du har erbjudits platser',
      ACCEPTED: 'du fick platserna',
      LEFT: 'du lämnade kön',
      DECLINED: 'du tog inte platserna',
      EXPIRED: 'platserna togs inte i tid',
      CANCELLED: 'föreställningen ställdes in',
    },
    about: 'Vad uppgifterna omfattar',
    notes: [
      'Här finns det som kortregistret vet om dig och den användning som besöksmålen har antecknat. Meddelanden ingår inte.',
      'Svar om välbefinnande skildes från kortet när de gavs. De kan inte längre kopplas till dig.',
      'Du ser när och varför någon har sett dina uppgifter och på vilket slags ställe. Namn på personer antecknas inte.',
    ],
    noCode: 'Kortets kod finns inte på det här papperet, så att ingen annan kan använda ditt kort.',
  },
  EN: {
    background: 'What you told of your situation',
    backgrounds: {
      EMPLOYED: 'at work',
      ENTREPRENEUR: 'entrepreneur',
      UNEMPLOYED: 'unemployed',
      STUDENT: 'student',
      PENSIONER: 'pensioner',
      CARING_AT_HOME: 'caring for somebody at home',
      OTHER: 'other',
    },
    history: 'What was done to the card',
    issued: 'the card was given',
    renewed: 'the card was renewed',
    changes: {
      CORRECTED: 'facts were corrected',
      SUSPENDED: 'the card was taken out of use',
      RESUMED: 'the card was taken into use again',
      LOST: 'the card was reported lost',
      REPLACED: 'the card got a new code',
      MERGED: 'the card was merged with another',
      ABSORBED: 'another card was merged with this one',
      ERASED: 'the facts were erased',
    },
    phones: 'Phones that have the card',
    olderReadings: 'Older looks are shown in your account.',
    ratings: 'What you said of your visits (0 to 5)',
    ratingName: { ACCESSIBILITY: 'accessibility', MEANING: 'what it meant to you', INTEREST: 'interest' },
    waiting: 'Where you have waited for places',
    waitingStatus: {
      WAITING: 'you are waiting',
      OFFERED: 'places are offered to you',
      ACCEPTED: 'you got the places',
      LEFT: 'you left the line',
      DECLINED: 'you did not take the places',
      EXPIRED: 'the places were not taken in time',
      CANCELLED: 'the performance was cancelled',
    },
    about: 'What this is',
    notes: [
      'This is what the register of cards knows of you, and the uses that venues have recorded. Messages are not in it.',
      'Answers about wellbeing were taken away from the card when they were given. They cannot be joined to you any more.',
      'You see when and why somebody looked at your data, and at what kind of place. Names of people are not recorded.',
    ],
    noCode: "The card's code is not on this paper, so that nobody else can use your card.",
  },
};
