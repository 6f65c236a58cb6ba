import type { Facts } from '../../platform/errors.ts';
import type { TicketCount } from '../../platform/units.ts';

/** What a venue's span looked like, and what each softer limit would have spared it. */
export interface GoodwillFigures {
  /** Valid redemptions of the span, and of the equally long span before it. */
  readonly uses: number;
  readonly usesBefore: number;
  readonly performances: number;
  readonly withoutCap: number;
  /** Performances at which more than half of the known tickets were card tickets. */
  readonly mostlyCard: number;
  readonly spared: Spared;
}

/** What would not have come, or would have come at another time, under each limit. */
export interface Spared {
  /** Tickets above `ceil(3·T/100)` of each performance whose tickets are known. */
  readonly overFloor: TicketCount;
  /** Uses recorded before the day of their performance. */
  readonly beforeTheDay: number;
  /** Uses recorded more than `windowDays` days before the day of their performance. */
  readonly beforeTheWindow: number;
  /** Uses of a personal card that had been used for the same production in the span already. */
  readonly again: number;
  /** Uses at performances on Friday, Saturday or Sunday. */
  readonly onBusyDays: number;
}

export const windowDays = 7;

export const goodwillLevels = ['CALM', 'WATCH', 'EARLY_WARNING'] as const;
export type GoodwillLevel = (typeof goodwillLevels)[number];

export const goodwillSigns = ['GROWS_FAST', 'MOSTLY_CARD', 'NO_CAP'] as const;
export type GoodwillSign = (typeof goodwillSigns)[number];

export const softerLimits = [
  'CAP_AT_FLOOR',
  'SAME_DAY',
  'DAYS_BEFORE',
  'ONCE_PER_PRODUCTION',
  'QUIET_DAYS',
] as const;
export type SofterLimit = (typeof softerLimits)[number];

export interface Sign {
  readonly sign: GoodwillSign;
  readonly facts: Facts;
}

export interface Suggestion {
  readonly limit: SofterLimit;
  /** Uses, or tickets for CAP_AT_FLOOR, that the limit would have spared or moved; above 0. */
  readonly spared: number;
  readonly facts: Facts;
}

export interface Goodwill {
  readonly level: GoodwillLevel;
  readonly signs: readonly Sign[];
  /** What spares most comes first; none while all is calm. */
  readonly suggestions: readonly Suggestion[];
}

/** The cinema that left: 76 uses in 2024, 414 until August 2025. Source: kuopio_venues_usage.csv (Kino Kuvakukko), domain.md. */
export const cinemaThatLeft = { usesBefore: 76, uses: 414 } as const;
/** From fewer uses than these no growth is read. */
const fewestBefore = 10;
const fewestMostlyCard = 2;

/**
 * Whether a venue's span looks like that of the cinema that left: uses grew, most of the audience of some films were card
 * holders, there was no cap. Two of these together, of which one is not NO_CAP, are an early warning; growth or a crowded
 * performance alone is worth watching; no cap alone is nothing yet. Growth is a sign half way to the cinema's: × 2.7.
 */
export function judgeGoodwill(figures: GoodwillFigures): Goodwill {
  const { uses, usesBefore, performances, withoutCap, mostlyCard, spared } = figures;
  const signs: Sign[] = [];
  if (growsFast(uses, usesBefore)) signs.push({ sign: 'GROWS_FAST', facts: { uses, usesBefore } });
  if (mostlyCard >= fewestMostlyCard) {
    signs.push({ sign: 'MOSTLY_CARD', facts: { mostlyCard, performances } });
  }
  if (performances > 0 && withoutCap * 2 >= performances) {
    signs.push({ sign: 'NO_CAP', facts: { withoutCap, performances } });
  }
  const level = levelOf(signs);
  return { level, signs, suggestions: level === 'CALM' ? [] : suggest(spared) };
}

function growsFast(uses: number, usesBefore: number): boolean {
  if (usesBefore < fewestBefore) return false;
  return uses * 2 * cinemaThatLeft.usesBefore >= usesBefore * cinemaThatLeft.uses;
}

function levelOf(signs: readonly Sign[]): GoodwillLevel {
  const isPressed = signs.some(({ sign }) => sign !== 'NO_CAP');
  if (!isPressed) return 'CALM';
  return signs.length >= 2 ? 'EARLY_WARNING' : 'WATCH';
}

function suggest({ overFloor, beforeTheDay, beforeTheWindow, again, onBusyDays }: Spared): Suggestion[] {
  const all: readonly Suggestion[] = [
    { limit: 'CAP_AT_FLOOR', spared: overFloor, facts: {} },
    { limit: 'SAME_DAY', spared: beforeTheDay, facts: {} },
    { limit: 'DAYS_BEFORE', spared: beforeTheWindow, facts: { days: windowDays } },
    { limit: 'ONCE_PER_PRODUCTION', spared: again, facts: {} },
    { limit: 'QUIET_DAYS', spared: onBusyDays, facts: {} },
  ];
  return all.filter(({ spared }) => spared > 0).toSorted((a, b) => b.spared - a.spared);
}
