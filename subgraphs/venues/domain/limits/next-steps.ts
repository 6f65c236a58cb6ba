import type { Text } from '../../../platform/text.ts';
import type { LimitName } from './verdict.ts';

const readAgain: Text = {
  fi: 'Lue kortti uudelleen tällä ovella.',
  sv: 'Läs kortet på nytt vid den här dörren.',
  en: 'Read the card again at this door.',
};
const otherDate: Text = {
  fi: 'Valitse toinen esitys.',
  sv: 'Välj en annan föreställning.',
  en: 'Choose another performance.',
};
const askForException: Text = {
  fi: 'Valitse toinen tarjonta, tai pyydä henkilökunnalta poikkeusta: se kirjataan syyn kanssa.',
  sv: 'Välj något annat, eller be personalen om ett undantag: det antecknas med en orsak.',
  en: 'Choose something else, or ask the staff for an exception: it is recorded with a reason.',
};

/** What to do after a no, for whoever reads it: short, kind, and never about why somebody has a card. */
const steps: Readonly<Record<LimitName, Text>> = {
  CARD_CHECK_SIGNATURE: readAgain,
  CARD_CHECK_VENUE: readAgain,
  CARD_CHECK_EXPIRY: readAgain,
  PERFORMANCE_CANCELLED: otherDate,
  PERFORMANCE_OVER: otherDate,
  REDEMPTION_WINDOW: {
    fi: 'Tule, kun lunastus on auki, tai pyydä henkilökunnalta poikkeusta: se kirjataan syyn kanssa.',
    sv: 'Kom när biljetterna kan hämtas, eller be personalen om ett undantag: det antecknas med en orsak.',
    en: 'Come when tickets can be redeemed, or ask the staff for an exception: it is recorded with a reason.',
  },
  ENROLMENT_WINDOW: {
    fi: 'Valitse kurssi, jolle voi ilmoittautua nyt, tai pyydä henkilökunnalta poikkeusta: se kirjataan syyn kanssa.',
    sv: 'Välj en kurs som man kan anmäla sig till nu, eller be personalen om ett undantag: det antecknas med en orsak.',
    en: 'Choose a course that can be enrolled in now, or ask the staff for an exception: it is recorded with a reason.',
  },
  NO_CHILDREN_AT_COURSES: {
    fi: 'Ota kurssipaikka vain kortinhaltijalle, tai pyydä henkilökunnalta poikkeusta: se kirjataan syyn kanssa.',
    sv: 'Ta kursplatsen bara för kortinnehavaren, eller be personalen om ett undantag: det antecknas med en orsak.',
    en: 'Take the course place for the card holder alone, or ask the staff for an exception: it is recorded with a reason.',
  },
  NO_COMMUNITY_CARDS_AT_COURSES: {
    fi: 'Kurssipaikan saa omalla kortilla.',
    sv: 'En kursplats får man med sitt eget kort.',
    en: "A course place comes with a person's own card.",
  },
  LINES_OF_CARD: {
    fi: 'Valitse liput, jotka kortilla saa: kortin oma lippu ensin.',
    sv: 'Välj de biljetter som kortet ger: först kortets egen biljett.',
    en: "Choose the tickets that the card gives: the card's own ticket first.",
  },
  ONCE_PER_PERFORMANCE: {
    fi: 'Liput ovat jo olemassa. Jos määrä muuttuu, peru ne ensin ja ota uudet.',
    sv: 'Biljetterna finns redan. Om antalet ändras, avboka dem först och ta nya.',
    en: 'There are tickets already. If their number changes, cancel them first and take new ones.',
  },
  ONCE_PER_PRODUCTION: askForException,
  COURSES_AT_A_TIME: askForException,
  COURSES_PER_TERM: askForException,
  COURSES_PER_YEAR: askForException,
  FEE_CEILING: {
    fi: 'Kortinhaltija maksaa loput kurssimaksusta.',
    sv: 'Kortinnehavaren betalar resten av kursavgiften.',
    en: 'The card holder pays the rest of the course fee.',
  },
  ASSISTANT_FREE: {
    fi: 'Avustaja ja tulkki pääsevät mukaan maksutta.',
    sv: 'Assistent och tolk kommer in gratis.',
    en: 'Assistants and interpreters come in free.',
  },
  CAP: {
    fi: 'Valitse toinen esitys tai vähemmän lippuja. Peruttu paikka vapautuu heti.',
    sv: 'Välj en annan föreställning eller färre biljetter. En avbokad plats blir genast ledig.',
    en: 'Choose another performance or fewer tickets. A cancelled place is free at once.',
  },
  SHARED_CAP: {
    fi: 'Nämä esitykset jakavat samat paikat. Valitse toinen tarjonta tai vähemmän lippuja. Peruttu paikka vapautuu heti.',
    sv: 'De här föreställningarna delar samma platser. Välj något annat eller färre biljetter. En avbokad plats blir genast ledig.',
    en: 'These performances share the same places. Choose something else or fewer tickets. A cancelled place is free at once.',
  },
  CAP_FLOOR: {
    fi: 'Kohde voi nostaa ylärajan vähimmäismäärään.',
    sv: 'Arrangören kan höja gränsen till minimigränsen.',
    en: 'The venue can raise the cap to its floor.',
  },
};

export function nextStepOf(limit: LimitName): Text {
  return steps[limit];
}
