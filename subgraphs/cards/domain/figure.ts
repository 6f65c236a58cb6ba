import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';

/** Whose figures: one issuer's, one network's, or the nation's. */
export type FigureScope =
  | { readonly kind: 'ISSUER'; readonly id: string }
  | { readonly kind: 'NETWORK'; readonly id: string }
  | { readonly kind: 'NATION' };

/** As it stands in the key of Figures: `issuer:<id>`, `network:<id>`, `nation`. */
export function scopeKey(scope: FigureScope): string {
  return scope.kind === 'NATION' ? 'nation' : `${scope.kind.toLowerCase()}:${scope.id}`;
}

/** Null: no scope is written so. */
export function parseScope(key: string): FigureScope | null {
  if (key === 'nation') return { kind: 'NATION' };
  const [, kind, id] = /^(issuer|network):([\w-]{1,64})$/.exec(key) ?? [];
  if (id === undefined) return null;
  return { kind: kind === 'issuer' ? 'ISSUER' : 'NETWORK', id };
}

export type FigureUnit = 'CARDS' | 'SHARE' | 'ANSWERS' | 'POINTS';

/** A number that says what it is. */
export interface Figure {
  /** Null: suppressed, or there is nothing to divide by. */
  readonly value: number | null;
  readonly unit: FigureUnit;
  readonly definition: Text;
  readonly scope: string;
  /** `2026`, `2026-11`, or a day. */
  readonly period: string;
  readonly asOf: IsoInstant;
  readonly source: string;
  /** True: hidden, because it would tell of fewer than five persons, itself or together with other figures. */
  readonly suppressed: boolean;
}

/** A number as a Figure of cards' own counters. */
export type FigureMaker = (
  what: keyof typeof definitions,
  period: string,
  value: number | null,
  suppressed?: boolean,
) => Figure;

export function figureMaker(scope: FigureScope, asOf: IsoInstant): FigureMaker {
  return (what, period, value, suppressed = false) => ({
    value: suppressed ? null : value,
    unit: what.endsWith('Share') ? 'SHARE' : 'CARDS',
    definition: definitions[what],
    scope: scopeKey(scope),
    period,
    asOf,
    source: 'register of cards',
    suppressed,
  });
}

/** What each figure counts, said to people. Documents use one word for different counts: see domain.md "Statistics". */
export const definitions = {
  issued: {
    fi: 'Ensimmäistä kertaa jaetut kortit jakopäivän mukaan, myös jo päättyneet. Uusimisia ja kadonneen tilalle annettuja ei lasketa.',
    sv: 'Kort som delats ut för första gången, enligt utdelningsdagen, även sådana som gått ut. Förnyade och ersatta kort räknas inte.',
    en: 'Cards handed over for the first time, by the day of handover, expired ones included. Renewals and replacements are not counted.',
  },
  renewed: {
    fi: 'Korttien uusimiset uusimispäivän mukaan.',
    sv: 'Förnyelser av kort, enligt förnyelsedagen.',
    en: 'Renewals of cards, by the day of renewal.',
  },
  validNow: {
    fi: 'Kortit, joita voi käyttää tänään: viimeinen voimassaolopäivä ei ole mennyt, eikä korttia ole poistettu käytöstä.',
    sv: 'Kort som kan användas i dag: sista giltighetsdagen har inte passerat och kortet är inte taget ur bruk.',
    en: 'Cards that can be used today: the last day has not passed and the card is not out of use.',
  },
  takenIntoUse: {
    fi: 'Kortit, joita on käytetty vuoden aikana vähintään kerran; kuukausi on vuoden ensimmäisen käytön kuukausi. Perutut käytöt eivät ole mukana.',
    sv: 'Kort som har använts minst en gång under året; månaden är den första användningens månad det året. Återkallade användningar räknas inte.',
    en: 'Cards used at least once in the year; the month is that of the first use in the year. Cancelled uses are not counted.',
  },
  unused: {
    fi: 'Kauden aikana jaetut kortit, joita ei ole käytetty kertaakaan tähän mennessä. Kaksi kertaa rekisteröity kortti lasketaan kerran.',
    sv: 'Kort som delats ut under perioden och som hittills inte har använts. Ett kort som registrerats två gånger räknas en gång.',
    en: 'Cards issued in the period and not used once until now. A card registered twice counts once.',
  },
  unusedShare: {
    fi: 'Käyttämättömät kortit jaettuna kaudella jaetuilla korteilla.',
    sv: 'Oanvända kort delade med de kort som delats ut under perioden.',
    en: 'Unused cards divided by the cards issued in the period.',
  },
  waiting: {
    fi: 'Tänään voimassa olevat kortit, joita ei ole käytetty kertaakaan.',
    sv: 'Kort som gäller i dag och som inte har använts en enda gång.',
    en: 'Cards valid today that have not been used once.',
  },
  waitingShare: {
    fi: 'Kerrankaan käyttämättömien osuus tänään voimassa olevista korteista.',
    sv: 'Andelen kort som aldrig använts av dem som gäller i dag.',
    en: 'Of the cards valid today, the share that has not been used once.',
  },
} as const satisfies Record<string, Text>;
