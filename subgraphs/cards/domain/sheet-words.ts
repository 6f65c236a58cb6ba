import type { Language } from '../../platform/text.ts';
import type { ReadPurpose } from './reading.ts';

/** The words of the printed sheets, in plain language: no word says why somebody has a card. */
export interface SheetWords {
  readonly language: 'fi' | 'sv' | 'en';
  readonly title: string;
  readonly exportTitle: string;
  readonly card: string;
  readonly printedOn: string;
  readonly validUntil: string;
  readonly status: Readonly<Record<'VALID' | 'SUSPENDED' | 'EXPIRED' | 'MERGED', string>>;
  readonly statusName: string;
  readonly children: string;
  readonly usesThisYear: string;
  readonly usesEver: string;
  readonly limits: string;
  /** "2 of 2 left" */
  readonly left: (left: number, allowed: number) => string;
  readonly limitName: Readonly<Record<string, string>>;
  readonly noLimits: string;
  readonly uses: string;
  readonly noUses: string;
  readonly cancelled: string;
  readonly readings: string;
  readonly noReadings: string;
  readonly purpose: Readonly<Record<ReadPurpose, string>>;
  readonly facts: string;
  readonly birthYear: string;
  readonly postcode: string;
  readonly grandchildren: string;
  readonly email: string;
  readonly notShown: string;
  readonly olderUses: string;
}

export const sheetWords: Readonly<Record<Language, SheetWords>> = {
  FI: {
    language: 'fi',
    title: 'Kulttuurikorttisi',
    exportTitle: 'Kulttuurikorttisi tiedot',
    card: 'Kortti',
    printedOn: 'Tulostettu',
    validUntil: 'Voimassa',
    status: {
      VALID: 'käytössä',
      SUSPENDED: 'ei käytössä',
      EXPIRED: 'voimassaolo päättynyt',
      MERGED: 'yhdistetty toiseen',
    },
    statusName: 'Kortti on nyt',
    children: 'Lapsia mukaan enintään',
    usesThisYear: 'Käyttökertoja tänä vuonna',
    usesEver: 'Käyttökertoja yhteensä',
    limits: 'Paljonko on jäljellä',
    left: (left, allowed) => `jäljellä ${left} / ${allowed}`,
    limitName: {
      'limit.courses_per_year': 'Kursseja tänä vuonna',
      'limit.courses_per_term': 'Kursseja tällä lukukaudella',
      'limit.courses_at_a_time': 'Kursseja yhtä aikaa',
    },
    noLimits: 'Käyttökerroilla ei ole rajaa.',
    uses: 'Missä korttia on käytetty',
    noUses: 'Korttia ei ole vielä käytetty.',
    cancelled: 'peruttu',
    readings: 'Kuka on katsonut korttisi tietoja',
    noReadings: 'Kukaan ei ole katsonut tietoja.',
    purpose: {
      CARD_OPENED: 'kortin antanut paikka tai valtakunnallinen keskus avasi kortin tiedot',
      PRESENTED_AT_VENUE: 'kortti näytettiin kohteessa',
      PRESENTED_FOR_HOLDER: 'kortin antanut paikka näytti kortin puolestasi',
      SERVED_HOLDER: 'kortin antanut paikka palveli sinua',
    },
    facts: 'Mitä sinusta on merkitty',
    birthYear: 'Syntymävuosi',
    postcode: 'Postinumero',
    grandchildren: 'Lastenlapsia',
    email: 'Sähköposti',
    notShown:
      'Missä korttia on käytetty, näkyy vain sinulle. Pyydä kertakoodi paikasta, joka antoi kortin, niin voit katsoa sen itse.',
    olderUses: 'Tätä vanhemmat käyttökerrat näkyvät tililläsi.',
  },
  SV: {
    language: 'sv',
    title: 'Ditt kulturkort',
    exportTitle: 'Uppgifterna om ditt kulturkort',
    card: 'Kortet',
    printedOn: 'Utskrivet',
    validUntil: 'Gäller till och med',
    status: {
      VALID: 'i bruk',
      SUSPENDED: 'inte i bruk',
      EXPIRED: 'har gått ut',
      MERGED: 'sammanslaget med ett annat',
    },
    statusName: 'Kortet är nu',
    children: 'Barn som får följa med, högst',
    usesThisYear: 'Antal gånger använt i år',
    usesEver: 'Antal gånger använt totalt',
    limits: 'Vad som är kvar',
    left: (left, allowed) => `${left} av ${allowed} kvar`,
    limitName: {
      'limit.courses_per_year': 'Kurser i år',
      'limit.courses_per_term': 'Kurser den här terminen',
      'limit.courses_at_a_time': 'Kurser på samma gång',
    },
    noLimits: 'Det finns ingen gräns för hur ofta kortet får användas.',
    uses: 'Var kortet har använts',
    noUses: 'Kortet har inte använts än.',
    cancelled: 'avbokat',
    readings: 'Vem som har sett uppgifterna om ditt kort',
    noReadings: 'Ingen har sett uppgifterna.',
    purpose: {
      CARD_OPENED: 'stället som gav kortet eller det nationella centret öppnade uppgifterna',
      PRESENTED_AT_VENUE: 'kortet visades på ett besöksmål',
      PRESENTED_FOR_HOLDER: 'stället som gav kortet visade det för din räkning',
      SERVED_HOLDER: 'stället som gav kortet betjänade dig',
    },
    facts: 'Vad som är antecknat om dig',
    birthYear: 'Födelseår',
    postcode: 'Postnummer',
    grandchildren: 'Barnbarn',
    email: 'E-post',
    notShown:
      'Var kortet har använts ser bara du. Be om en engångskod på stället som gav kortet, så kan du se det själv.',
    olderUses: 'Äldre användningar syns på ditt konto.',
  },
  EN: {
    language: 'en',
    title: 'Your culture card',
    exportTitle: 'The data of your culture card',
    card: 'The card',
    printedOn: 'Printed on',
    validUntil: 'Valid until',
    status: {
      VALID: 'in use',
      SUSPENDED: 'not in use',
      EXPIRED: 'no longer valid',
      MERGED: 'merged with another',
    },
    statusName: 'The card is now',
    children: 'Children who may come along, at most',
    usesThisYear: 'Times used this year',
    usesEver: 'Times used in all',
    limits: 'What is left',
    left: (left, allowed) => `${left} of ${allowed} left`,
    limitName: {
      'limit.courses_per_year': 'Courses this year',
      'limit.courses_per_term': 'Courses this term',
      'limit.courses_at_a_time': 'Courses at a time',
    },
    noLimits: 'There is no limit to how often the card is used.',
    uses: 'Where the card was used',
    noUses: 'The card has not been used yet.',
    cancelled: 'cancelled',
    readings: 'Who has looked at the data of your card',
    noReadings: 'Nobody has looked at them.',
    purpose: {
      CARD_OPENED: 'the place that gave the card, or the national centre, opened its data',
      PRESENTED_AT_VENUE: 'the card was shown at a venue',
      PRESENTED_FOR_HOLDER: 'the place that gave the card showed it for you',
      SERVED_HOLDER: 'the place that gave the card served you',
    },
    facts: 'What is recorded of you',
    birthYear: 'Year of birth',
    postcode: 'Postcode',
    grandchildren: 'Grandchildren',
    email: 'E-mail',
    notShown:
      'Where the card was used only you can see. Ask the place that gave the card for a one-time code to look yourself.',
    olderUses: 'Older uses are shown in your account.',
  },
};

/** `2026-11-22` → `22.11.2026`, as all three languages are used to on paper. */
export function sheetDay(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)}.${Number(month)}.${year}`;
}
