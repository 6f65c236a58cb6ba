/** Whole tickets. */
export type TicketCount = number;
/** Euro cents, whole. */
export type Cents = number;
/** Milliseconds. */
export type Millis = number;
/** A moment: UTC, ISO-8601 with milliseconds and `Z`, so that text order is time order. */
export type IsoInstant = string;
/** A calendar day in Europe/Helsinki: `2026-11-22`. */
export type LocalDate = string;
