import { pickText, type Language, type Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { helsinkiTime, inEach } from './when.ts';

interface Waited {
  readonly entryId: string;
  readonly cardId: string;
  readonly venueId: string;
  readonly offeringTitle: Text;
  readonly startsAt: IsoInstant;
  readonly at: IsoInstant;
}

/** Places are kept for somebody who waited, as venues tell of it. */
export interface WaitingOffer extends Waited {
  readonly tickets: number;
  readonly expiresAt: IsoInstant;
}

export const waitingEnds = ['NOT_ANSWERED', 'PERFORMANCE_CANCELLED'] as const;

/** Somebody waits no more who did not leave. */
export interface WaitingEnd extends Waited {
  readonly reason: (typeof waitingEnds)[number];
}

/** What the holder reads: how many places for what, what to do, and until when. */
export function tellOffer(offer: WaitingOffer): { subject: Text; body: Text } {
  const { tickets, expiresAt } = offer;
  return {
    subject: inEach((language) => words[language].offered(factsOf(offer, language))),
    body: inEach((language) =>
      words[language].answer(factsOf(offer, language), tickets, helsinkiTime(expiresAt, language)),
    ),
  };
}

/** What the holder reads when there is nothing to wait for any more, and what can be done then. */
export function tellWaitingEnd(end: WaitingEnd): { subject: Text; body: Text } {
  return {
    subject: inEach((language) => words[language].ended(factsOf(end, language))),
    body: inEach((language) => words[language].after[end.reason](factsOf(end, language))),
  };
}

interface What {
  readonly title: string;
  readonly when: string;
}

interface Words {
  readonly untitled: string;
  offered(what: What): string;
  answer(what: What, tickets: number, until: string): string;
  ended(what: What): string;
  readonly after: Readonly<Record<WaitingEnd['reason'], (what: What) => string>>;
}

const words: Readonly<Record<Language, Words>> = {
  FI: {
    untitled: 'tapahtuma',
    offered: ({ title, when }) => `Paikkoja vapautui: ${title}, ${when}`,
    answer: ({ title, when }, tickets, until) =>
      `Jonottamaasi tapahtumaan vapautui paikkoja: ”${title}”, ${when}. Lippuja on varattuna ${tickets}. ` +
      `Ota ne vastaan viimeistään ${until}. Jos et pääse tulemaan, hylkää tarjous, niin paikat siirtyvät seuraavalle. ` +
      'Jos et vastaa, paikat siirtyvät seuraavalle itsestään. Se ei vaikuta korttiin.',
    ended: ({ title, when }) => `Jonotus päättyi: ${title}, ${when}`,
    after: {
      NOT_ANSWERED: ({ title, when }) =>
        `Varattujen paikkojen vastausaika päättyi: ”${title}”, ${when}. Paikat siirtyivät seuraavalle. ` +
        'Se ei vaikuta korttiin. Voit liittyä jonoon uudelleen tai valita toisen ajan.',
      PERFORMANCE_CANCELLED: ({ title, when }) =>
        `Tapahtuma on peruttu: ”${title}”, ${when}. Pahoittelemme muutosta. Jono on päättynyt. ` +
        'Se ei vaikuta korttiin. Voit valita toisen ajan tai toisen tapahtuman.',
    },
  },
  SV: {
    untitled: 'evenemang',
    offered: ({ title, when }) => `Lediga platser: ${title}, ${when}`,
    answer: ({ title, when }, tickets, until) =>
      `Det har blivit lediga platser till evenemanget som du köar till: ”${title}”, ${when}. Antal reserverade biljetter: ${tickets}. ` +
      `Ta emot dem senast ${until}. Om du inte kan komma, tacka nej till erbjudandet så går platserna till nästa i kön. ` +
      'Om du inte svarar går platserna till nästa av sig själva. Det påverkar inte kortet.',
    ended: ({ title, when }) => `Kön är slut: ${title}, ${when}`,
    after: {
      NOT_ANSWERED: ({ title, when }) =>
        `Svarstiden för de reserverade platserna har gått ut: ”${title}”, ${when}. Platserna gick till nästa i kön. ` +
        'Det påverkar inte kortet. Du kan ställa dig i kö igen eller välja en annan tid.',
      PERFORMANCE_CANCELLED: ({ title, when }) =>
        `Evenemanget är inställt: ”${title}”, ${when}. Vi beklagar ändringen. Kön är avslutad. ` +
        'Det påverkar inte kortet. Du kan välja en annan tid eller ett annat evenemang.',
    },
  },
  EN: {
    untitled: 'event',
    offered: ({ title, when }) => `Places for you: ${title}, ${when}`,
    answer: ({ title, when }, tickets, until) =>
      `There are places at the event that you are waiting for: “${title}”, ${when}. Tickets kept: ${tickets}. ` +
      `Please accept them by ${until}. If you cannot come, decline the offer and the places go to the next in line. ` +
      'If you do not answer, they go to the next in line by themselves. It does not affect the card.',
    ended: ({ title, when }) => `No longer waiting: ${title}, ${when}`,
    after: {
      NOT_ANSWERED: ({ title, when }) =>
        `The time to answer is over: “${title}”, ${when}. The places went to the next in line. ` +
        'It does not affect the card. You can join the waiting list again or choose another time.',
      PERFORMANCE_CANCELLED: ({ title, when }) =>
        `The event will not take place: “${title}”, ${when}. We are sorry about the change. The waiting list has ended. ` +
        'It does not affect the card. You can choose another time or another event.',
    },
  },
};

function factsOf({ offeringTitle, startsAt }: Waited, language: Language): What {
  return {
    title: pickText(offeringTitle, language).value || words[language].untitled,
    when: helsinkiTime(startsAt, language),
  };
}
