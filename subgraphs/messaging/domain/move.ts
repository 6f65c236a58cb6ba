import { pickText, type Language, type Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { helsinkiTime, inEach } from './when.ts';

/** A performance that moved to another time, as venues tell somebody of it. */
interface Moved {
  readonly cardId: string;
  readonly venueId: string;
  readonly offeringTitle: Text;
  readonly from: { readonly startsAt: IsoInstant };
  readonly to: { readonly startsAt: IsoInstant };
  readonly at: IsoInstant;
}

/** A ticket for it. */
export interface Move extends Moved {
  readonly redemptionId: string;
}

/** A place in its line. */
export interface WaitingMove extends Moved {
  readonly entryId: string;
}

/** What holder and venue read: the new time first, that the ticket stays good, then what to do. */
export function tellMove(move: Move): { subject: Text; body: Text } {
  return tell(move, 'body');
}

/** What somebody reads who waits for it: the new time, that the place in the line stays, then what to do. */
export function tellWaitingMove(move: WaitingMove): { subject: Text; body: Text } {
  return tell(move, 'waiting');
}

function tell(move: Moved, to: 'body' | 'waiting'): { subject: Text; body: Text } {
  return {
    subject: inEach((language) => words[language].subject(factsOf(move, language))),
    body: inEach((language) => words[language][to](factsOf(move, language))),
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
  waiting(what: What): string;
}

const words: Readonly<Record<Language, Words>> = {
  FI: {
    untitled: 'tapahtuma',
    subject: ({ title, after }) => `Uusi aika: ${title}, ${after}`,
    body: ({ title, before, after }) =>
      `Tapahtuman ”${title}” aika on muuttunut. Uusi aika on ${after}, aiempi oli ${before}. ` +
      'Liput ovat voimassa uutena aikana, eikä mitään tarvitse tehdä. ' +
      'Jos uusi aika ei sovi, peru liput, niin paikka vapautuu muille. Peruutus ei vaikuta korttiin.',
    waiting: ({ title, before, after }) =>
      `Jonottamasi tapahtuman ”${title}” aika on muuttunut. Uusi aika on ${after}, aiempi oli ${before}. ` +
      'Paikkasi jonossa säilyy, eikä mitään tarvitse tehdä. Jos sinulle on tarjottu paikkoja, katso, mihin asti voit vastata. ' +
      'Jos uusi aika ei sovi, lähde jonosta. Se ei vaikuta korttiin.',
  },
  SV: {
    untitled: 'evenemang',
    subject: ({ title, after }) => `Ny tid: ${title}, ${after}`,
    body: ({ title, before, after }) =>
      `Tiden för ”${title}” har ändrats. Den nya tiden är ${after}, den tidigare var ${before}. ` +
      'Biljetterna gäller den nya tiden, och inget behöver göras. ' +
      'Avboka biljetterna om den nya tiden inte passar, så blir platsen ledig för andra. Avbokningen påverkar inte kortet.',
    waiting: ({ title, before, after }) =>
      `Tiden för ”${title}”, som du köar till, har ändrats. Den nya tiden är ${after}, den tidigare var ${before}. ` +
      'Du har kvar din plats i kön, och inget behöver göras. Om du har erbjudits platser, se hur länge du kan svara. ' +
      'Lämna kön om den nya tiden inte passar. Det påverkar inte kortet.',
  },
  EN: {
    untitled: 'event',
    subject: ({ title, after }) => `New time: ${title}, ${after}`,
    body: ({ title, before, after }) =>
      `The time of “${title}” has changed. The new time is ${after}; it was ${before} before. ` +
      'The tickets are good for the new time, and nothing needs to be done. ' +
      'If the new time does not suit you, please cancel the tickets so that others get the place. It does not affect the card.',
    waiting: ({ title, before, after }) =>
      `The time of “${title}”, which you are waiting for, has changed. The new time is ${after}; it was ${before} before. ` +
      'You keep your place in line, and nothing needs to be done. If places were offered to you, see until when you can answer. ' +
      'If the new time does not suit you, please leave the line. It does not affect the card.',
  },
};

function factsOf({ offeringTitle, from, to }: Moved, language: Language): What {
  return {
    title: pickText(offeringTitle, language).value || words[language].untitled,
    before: helsinkiTime(from.startsAt, language),
    after: helsinkiTime(to.startsAt, language),
  };
}
