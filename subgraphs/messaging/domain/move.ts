import { pickText, type Language, type Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { helsinkiTime, inEach } from './when.ts';

/** A ticket whose performance moved to another time, as venues tell of it. */
export interface Move {
  readonly redemptionId: string;
  readonly cardId: string;
  readonly venueId: string;
  readonly offeringTitle: Text;
  readonly from: { readonly startsAt: IsoInstant };
  readonly to: { readonly startsAt: IsoInstant };
  readonly at: IsoInstant;
}

/** What holder and venue read: the new time first, that the ticket stays good, then what to do. */
export function tellMove(move: Move): { subject: Text; body: Text } {
  return {
    subject: inEach((language) => words[language].subject(factsOf(move, language))),
    body: inEach((language) => words[language].body(factsOf(move, language))),
  };
}

interface What {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

interface Words {
  readonly untitled: string;
  subject(what: What): string;
  body(what: What): string;
}

const words: Readonly<Record<Language, Words>> = {
  FI: {
    untitled: 'tapahtuma',
    subject: ({ title, after }) => `Uusi aika: ${title}, ${after}`,
    body: ({ title, before, after }) =>
      `Tapahtuman ”${title}” aika on muuttunut. Uusi aika on ${after}, aiempi oli ${before}. ` +
      'Liput ovat voimassa uutena aikana, eikä mitään tarvitse tehdä. ' +
      'Jos uusi aika ei sovi, peru liput, niin paikka vapautuu muille. Peruutus ei vaikuta korttiin.',
  },
  SV: {
    untitled: 'evenemang',
    subject: ({ title, after }) => `Ny tid: ${title}, ${after}`,
    body: ({ title, before, after }) =>
      `Tiden för ”${title}” har ändrats. Den nya tiden är ${after}, den tidigare var ${before}. ` +
      'Biljetterna gäller den nya tiden, och inget behöver göras. ' +
      'Avboka biljetterna om den nya tiden inte passar, så blir platsen ledig för andra. Avbokningen påverkar inte kortet.',
  },
  EN: {
    untitled: 'event',
    subject: ({ title, after }) => `New time: ${title}, ${after}`,
    body: ({ title, before, after }) =>
      `The time of “${title}” has changed. The new time is ${after}; it was ${before} before. ` +
      'The tickets are good for the new time, and nothing needs to be done. ' +
      'If the new time does not suit you, please cancel the tickets so that others get the place. It does not affect the card.',
  },
};

function factsOf({ offeringTitle, from, to }: Move, language: Language): What {
  return {
    title: pickText(offeringTitle, language).value || words[language].untitled,
    before: helsinkiTime(from.startsAt, language),
    after: helsinkiTime(to.startsAt, language),
  };
}
