/**
 * What is counted by month. ISSUED, RENEWED: handed over in that month. TAKEN_INTO_USE: cards whose first use of a calendar
 * year was in that month. EVER_USED: of the cards issued in that month, those used since. MERGED: of the cards issued in
 * that month, those that turned out to be a second registration.
 */
export type FigureName = 'ISSUED' | 'RENEWED' | 'TAKEN_INTO_USE' | 'EVER_USED' | 'MERGED';

/** An issuer's counters, by the network that it was in when they were counted; '' for none. */
export interface IssuerFigureTable {
  issuer_id: string;
  network_id: string;
  /** `2026-11`, in Helsinki. */
  month: string;
  figure: FigureName;
  value: number;
}

/** The sums over the issuers of a network: kept, so that reading them costs the same at any number of cards. */
export interface NetworkFigureTable {
  network_id: string;
  month: string;
  figure: FigureName;
  value: number;
}

/** Cards that are not suspended or merged away, by their last day: from it follows how many are valid on any day. */
export interface StandingTable {
  /** NETWORK_MONTH, ISSUER_MONTH: the sums by the month of the last day, `2027-11`, without `since`. */
  scope: 'ISSUER' | 'NETWORK' | 'NATION' | 'NETWORK_MONTH' | 'ISSUER_MONTH';
  /** '' for the nation, and for issuers without a network. */
  scope_id: string;
  valid_until: string;
  /** When the card was last handed over or renewed. */
  since: string;
  /** 1: used at least once, ever. */
  used: 0 | 1;
  cards: number;
}

/** How many valid uses a card has in a month: a reference count. Negative while a cancel has overtaken its use. */
export interface CardMonthTable {
  card_id: string;
  month: string;
  uses: number;
}

/** What a card stands for in the counters now, so that the next change can take exactly that back. */
export interface CardBookingTable {
  card_id: string;
  /** JSON: a list of cells, see domain/booking.ts. */
  cells: string;
}

/** The first answer of a holder, under a keyed pseudonym, until renewals have been compared with it. */
export interface WellbeingFirstTable {
  pseudonym: string;
  satisfaction: number;
  /** For retention; nothing finer is kept. */
  year: number;
}

/** FIRST, RENEWAL: satisfaction 0–10. CHANGE: renewal minus first, −10–10. INCREASED: "has increased my wellbeing", 0–10. */
export type WellbeingMeasure = 'FIRST' | 'RENEWAL' | 'CHANGE' | 'INCREASED';

/** A histogram and no more: an answer in it belongs to nobody. */
export interface WellbeingPoolTable {
  network_id: string;
  year: number;
  measure: WellbeingMeasure;
  value: number;
  /** Answers that are not read yet: they wait until there are ten of them. */
  waiting: number;
  released: number;
}

/** How many were asked; a decline leaves this trace and no other. */
export interface WellbeingTallyTable {
  network_id: string;
  year: number;
  occasion: 'ISSUE' | 'RENEWAL';
  answered: number;
  declined: number;
}

export interface FigureTables {
  issuer_figure: IssuerFigureTable;
  network_figure: NetworkFigureTable;
  standing: StandingTable;
  card_month: CardMonthTable;
  card_booking: CardBookingTable;
  wellbeing_first: WellbeingFirstTable;
  wellbeing_pool: WellbeingPoolTable;
  wellbeing_tally: WellbeingTallyTable;
}
