import { pickText, type Language, type Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { helsinkiTime, inEach } from './when.ts';

export const cancellers = ['VENUE', 'HOLDER', 'PERFORMANCE'] as const;

/** Who took the redemption back. PERFORMANCE: it will not take place, so every redemption of it went. */
export type Canceller = (typeof cancellers)[number];

/** A redemption that did not become a visit, as venues tell of it. */
export interface Cancellation {
  readonly redemptionId: string;
  readonly cardId: string;
  readonly venueId: string;
  readonly cancelledBy: Canceller;
  readonly offeringTitle: Text;
  readonly startsAt: IsoInstant;
  readonly at: IsoInstant;
}

/**
 * What the thread of a cancellation is called, and its first message. Holder and venue read the same words: neutral, kind,
 * what and when first, then what to do. They never tell who the holder is or which card it was.
 */
export function tellCancellation(cancellation: Cancellation): { subject: Text; body: Text } {
  const sentence = (language: Language): string => words[language].sentence(what(cancellation, language));
  return {
    subject: inEach((language) => words[language].subject(what(cancellation, language))),
    body: inEach((language) =>
      words[language].body[cancellation.cancelledBy].replace('{what}', () => sentence(language)),
    ),
  };
}

interface What {
  readonly title: string;
  readonly when: string;
}

interface Words {
  /** Stands in for the title of an offering that has none. */
  readonly untitled: string;
  subject(what: What): string;
  sentence(what: What): string;
  readonly body: Readonly<Record<Canceller, string>>;
}

const words: Readonly<Record<Language, Words>> = {
  FI: {
    untitled: 'tapahtuma',
    subject: ({ title, when }) => `Peruttu: ${title}, ${when}`,
    sentence: ({ title, when }) => `”${title}”, ${when}`,
    body: {
      HOLDER:
        'Kortinhaltija perui: {what}. Kiitos ilmoituksesta. Paikka on taas vapaa muille. ' +
        'Muuta ei tarvitse tehdä. Uuden paikan saa samalla kortilla, jos paikkoja on vapaana.',
      VENUE:
        'Kohde perui: {what}. Pahoittelemme muutosta. Peruutus ei vaikuta korttiin. ' +
        'Samalla kortilla voi valita toisen ajan tai toisen tapahtuman. Jos jokin jäi epäselväksi, kysy kohteesta.',
      PERFORMANCE:
        'Tapahtuma on peruttu: {what}. Pahoittelemme muutosta. Paikalle ei tarvitse tulla. Peruutus ei vaikuta korttiin. ' +
        'Samalla kortilla voi valita toisen ajan tai toisen tapahtuman. Jos jokin jäi epäselväksi, kysy kohteesta.',
    },
  },
  SV: {
    untitled: 'evenemang',
    subject: ({ title, when }) => `Avbokat: ${title}, ${when}`,
    sentence: ({ title, when }) => `”${title}”, ${when}`,
    body: {
      HOLDER:
        'Kortinnehavaren avbokade: {what}. Tack för beskedet. Platsen är ledig för andra igen. ' +
        'Inget mer behöver göras. Med samma kort går det att få en ny plats om det finns lediga platser.',
      VENUE:
        'Besöksmålet avbokade: {what}. Vi beklagar ändringen. Avbokningen påverkar inte kortet. ' +
        'Med samma kort går det att välja en annan tid eller ett annat evenemang. Fråga besöksmålet om något är oklart.',
      PERFORMANCE:
        'Evenemanget är inställt: {what}. Vi beklagar ändringen. Man behöver inte komma till platsen. ' +
        'Det påverkar inte kortet. Med samma kort går det att välja en annan tid eller ett annat evenemang. ' +
        'Fråga besöksmålet om något är oklart.',
    },
  },
  EN: {
    untitled: 'event',
    subject: ({ title, when }) => `Cancelled: ${title}, ${when}`,
    sentence: ({ title, when }) => `“${title}”, ${when}`,
    body: {
      HOLDER:
        'The card holder cancelled: {what}. Thank you for the notice. The place is free for others again. ' +
        'Nothing else needs to be done. The same card gives a new place if there are free places.',
      VENUE:
        'The venue cancelled: {what}. We are sorry about the change. It does not affect the card. ' +
        'The same card can be used for another time or another event. If anything is unclear, please ask the venue.',
      PERFORMANCE:
        'The event will not take place: {what}. We are sorry about the change. There is no need to come. ' +
        'It does not affect the card. The same card can be used for another time or another event. ' +
        'If anything is unclear, please ask the venue.',
    },
  },
};

function what({ offeringTitle, startsAt }: Cancellation, language: Language): What {
  return {
    title: pickText(offeringTitle, language).value || words[language].untitled,
    when: helsinkiTime(startsAt, language),
  };
}
