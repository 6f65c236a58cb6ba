import { timeZone } from '../../platform/clock.ts';
import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { RedemptionRefusalCode } from './redemption.ts';
import { closedNow, passMessages } from './pass-messages.ts';
import { sliceMessages } from './slice-messages.ts';
import { waitingMessages } from './waiting-messages.ts';

/**
 * What a refusal says aloud at the door, where the guest hears it: kind, short, with the numbers and what to do next;
 * never why somebody has a card.
 */
const dictionary: Record<RedemptionRefusalCode, (facts: Facts) => Text> = {
  PRESENTATION_INVALID: () => ({
    fi: 'Kortin tarkistusta ei voida käyttää täällä. Lue kortti uudelleen.',
    sv: 'Kontrollen av kortet kan inte användas här. Läs kortet på nytt.',
    en: 'This check of the card cannot be used here. Please read the card again.',
  }),
  PRESENTATION_EXPIRED: () => ({
    fi: 'Kortin tarkistuksesta on kulunut liikaa aikaa. Lue kortti uudelleen.',
    sv: 'Det har gått för lång tid sedan kortet kontrollerades. Läs kortet på nytt.',
    en: 'The card was checked too long ago. Please read the card again.',
  }),
  PERFORMANCE_CANCELLED: () => ({
    fi: 'Esitys on peruttu.',
    sv: 'Föreställningen är inställd.',
    en: 'The performance has been cancelled.',
  }),
  OUTSIDE_WINDOW: ({ opensAt, window }) =>
    window === 'OPENING'
      ? closedNow(opensAt)
      : window === 'ENROLMENT'
        ? notEnrolling()
        : typeof opensAt === 'string'
          ? notYet(opensAt, window)
          : over(),
  LINE_NOT_ALLOWED: ({ line, allowed, reason }) =>
    reason === 'COURSE'
      ? notAtCourse(line)
      : reason === 'CARD_ITSELF_MISSING'
        ? cardItself()
        : tooMany(line, allowed),
  ALREADY_SEEN: ({ oncePerProduction }) =>
    oncePerProduction === true
      ? {
          fi: 'Kortilla on jo käyty tässä teoksessa. Saman teoksen voi nähdä kortilla kerran.',
          sv: 'Kortet har redan använts för den här produktionen. Den kan ses en gång med kortet.',
          en: 'This card has been used for this production already. It can be seen once on the card.',
        }
      : {
          fi: 'Kortilla on jo otettu liput tähän esitykseen.',
          sv: 'Kortet har redan använts för den här föreställningen.',
          en: 'This card has been used for this performance already.',
        },
  COURSE_LIMIT_REACHED: ({ limit, allowed }) => courseLimit(limit, allowed),
  CAP_REACHED: ({ remaining, wanted }) => ({
    fi: `Vapaita paikkoja on jäljellä ${remaining}, pyydettiin ${wanted}.`,
    sv: `Det finns ${remaining} lediga platser kvar, ${wanted} önskades.`,
    en: `Free places left: ${remaining}. Wanted: ${wanted}.`,
  }),
  NOT_POSSIBLE_ON_BEHALF: () => ({
    fi: 'Varausta ei voi tehdä kortinhaltijan puolesta. Kortinhaltija näkee syyn omasta palvelustaan tai voi kysyä sitä käyntikohteesta.',
    sv: 'Bokningen kan inte göras för kortinnehavaren. Kortinnehavaren ser orsaken i sin egen tjänst eller kan fråga besöksmålet.',
    en: 'This cannot be booked on behalf of the card holder. The holder can see why in the own service, or ask the venue.',
  }),
  ALREADY_CANCELLED: () => ({
    fi: 'Lippu on jo peruttu.',
    sv: 'Biljetten är redan avbokad.',
    en: 'The ticket has already been cancelled.',
  }),
  CANCEL_TOO_LATE: ({ closedAt }) => ({
    fi: `Lipun saattoi perua ${moment(String(closedAt), 'fi')} asti. Kerro käyntikohteelle, jos et pääse tulemaan.`,
    sv: `Biljetten kunde avbokas fram till ${moment(String(closedAt), 'sv')}. Meddela besöksmålet om du inte kan komma.`,
    en: `The ticket could be cancelled until ${moment(String(closedAt), 'en')}. Please tell the venue if you cannot come.`,
  }),
  NOT_STARTED: ({ startsAt }) => ({
    fi: `Esitys alkaa vasta ${moment(String(startsAt), 'fi')}.`,
    sv: `Föreställningen börjar först ${moment(String(startsAt), 'sv')}.`,
    en: `The performance only starts on ${moment(String(startsAt), 'en')}.`,
  }),
  CAP_BELOW_USED: ({ cap, used, held }) => ({
    fi: `Ylärajaa ei voi laskea lukuun ${cap}: lippuja on jo annettu ${used} ja paikkoja varattu ${held}.`,
    sv: `Gränsen kan inte sänkas till ${cap}: ${used} biljetter har redan getts och ${held} platser är reserverade.`,
    en: `The cap cannot be lowered to ${cap}: ${used} tickets have been given already and ${held} places are held.`,
  }),
  CAP_BELOW_FLOOR: ({ cap, floor, percent, tickets }) => ({
    fi: `Yläraja ${cap} alittaa vähimmäismäärän ${floor}, joka on ${percent} % ${tickets} lipusta.`,
    sv: `Gränsen ${cap} underskrider minimigränsen ${floor}, som är ${percent} % av ${tickets} biljetter.`,
    en: `The cap of ${cap} is under the floor of ${floor}, which is ${percent} % of ${tickets} tickets.`,
  }),
  CAP_SHARED_ALREADY: () => ({
    fi: 'Esityksellä on jo toinen yhteinen yläraja. Poista se ensin.',
    sv: 'Föreställningen har redan en annan gemensam gräns. Ta först bort den.',
    en: 'The performance is under another shared cap already. Remove that one first.',
  }),
  ...waitingMessages,
  ...sliceMessages,
  ...passMessages,
};

/** The refusal in plain words, in Finnish, Swedish and English. */
export function refusalMessage(code: RedemptionRefusalCode, facts: Facts): Text {
  return dictionary[code](facts);
}

const lineNames: Readonly<Record<string, { fi: string; sv: string; en: string }>> = {
  HOLDER: { fi: 'kortinhaltijan lippuja', sv: 'biljetter för kortinnehavaren', en: "card holder's tickets" },
  CHILD: { fi: 'lasten lippuja', sv: 'barnbiljetter', en: "children's tickets" },
  ASSISTANT: { fi: 'avustajan lippuja', sv: 'biljetter för assistenter', en: "assistants' tickets" },
  COMMUNITY_WORKER: {
    fi: 'yhteisökortin lippuja',
    sv: 'biljetter för gemenskapskortet',
    en: 'community card tickets',
  },
};

function nameOf(line: Facts[string] | undefined): { fi: string; sv: string; en: string } {
  return lineNames[String(line)] ?? { fi: 'näitä lippuja', sv: 'sådana biljetter', en: 'such tickets' };
}

function tooMany(line: Facts[string] | undefined, allowed: Facts[string] | undefined): Text {
  const { fi, sv, en } = nameOf(line);
  return {
    fi: `Tällä kortilla saa ${fi} enintään ${allowed}.`,
    sv: `Det här kortet ger högst ${allowed} ${sv}.`,
    en: `This card gives at most ${allowed} ${en}.`,
  };
}

function notAtCourse(line: Facts[string] | undefined): Text {
  const { fi, sv, en } = nameOf(line);
  return { fi: `Kursseille ei anneta ${fi}.`, sv: `Kurser ger inga ${sv}.`, en: `Courses give no ${en}.` };
}

function notYet(opensAt: string, window: Facts[string] | undefined): Text {
  if (window === 'DAYS_BEFORE') {
    return {
      fi: `Lipun voi lunastaa ${moment(opensAt, 'fi')} alkaen.`,
      sv: `Biljetten kan hämtas från och med ${moment(opensAt, 'sv')}.`,
      en: `The ticket can be redeemed from ${moment(opensAt, 'en')}.`,
    };
  }
  return {
    fi: `Lipun voi lunastaa vasta esityspäivänä, ${moment(opensAt, 'fi')} alkaen.`,
    sv: `Biljetten kan hämtas först på föreställningsdagen, från och med ${moment(opensAt, 'sv')}.`,
    en: `The ticket can be redeemed only on the day of the performance, from ${moment(opensAt, 'en')}.`,
  };
}

function over(): Text {
  return {
    fi: 'Esitys on jo päättynyt.',
    sv: 'Föreställningen är redan slut.',
    en: 'The performance has already ended.',
  };
}

function notEnrolling(): Text {
  return {
    fi: 'Kurssille ei voi ilmoittautua nyt.',
    sv: 'Det går inte att anmäla sig till kursen nu.',
    en: 'The course cannot be enrolled in now.',
  };
}

const courseSpans: Readonly<Record<string, { fi: string; sv: string; en: string }>> = {
  COURSES_AT_A_TIME: { fi: 'kerrallaan', sv: 'åt gången', en: 'at a time' },
  COURSES_PER_TERM: { fi: 'lukukaudessa', sv: 'per termin', en: 'per term' },
  COURSES_PER_YEAR: { fi: 'vuodessa', sv: 'per år', en: 'per year' },
};

function courseLimit(limit: Facts[string] | undefined, allowed: Facts[string] | undefined): Text {
  const span = courseSpans[String(limit)] ?? { fi: '', sv: '', en: '' };
  return {
    fi: `Kortilla saa ${allowed} kurssia ${span.fi}, ja ne on jo otettu.`,
    sv: `Kortet ger ${allowed} kurser ${span.sv}, och de har redan tagits.`,
    en: `The card gives ${allowed} courses ${span.en}, and they have been taken already.`,
  };
}

function cardItself(): Text {
  return {
    fi: 'Valitse ensin kortin oma lippu: muut liput kuuluvat sen seuraan.',
    sv: 'Välj först kortets egen biljett: de andra biljetterna hör ihop med den.',
    en: "Choose the card's own ticket first: the other tickets come along with it.",
  };
}

function moment(instant: string, language: 'fi' | 'sv' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-FI`, {
    timeZone,
    day: 'numeric',
    month: language === 'en' ? 'long' : 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}
