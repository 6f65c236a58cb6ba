import { addDays, localDate, localDateTime } from '../../platform/clock.ts';
import { badInput } from '../../platform/errors.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { capFloor, remainingOf, type CountedPlaces } from './cap.ts';
import { judgeGoodwill, windowDays, type Goodwill, type Spared } from './goodwill.ts';
import type { CardKind } from './lines.ts';

/** One valid use of a span, as far as limits look at it. The card stays in this subgraph's service. */
export interface LoadUse {
  readonly cardId: string;
  readonly cardKind: CardKind;
  readonly offeringId: string;
  readonly recordedAt: IsoInstant;
  /** Of its performance. */
  readonly startsAt: IsoInstant;
}

/** One performance that has begun, as it was used, with what it shares with others now. */
export interface LoadPerformance extends CountedPlaces {
  readonly startsAt: IsoInstant;
  /** Null: not known. */
  readonly tickets: TicketCount | null;
}

export interface LoadCounts {
  /** Redemptions, visits and fees. */
  readonly uses: number;
  readonly tickets: TicketCount;
  readonly usesBefore: number;
  /** How often somebody could not be served, and how many people that were. */
  readonly turnAways: number;
  readonly turnedAway: number;
  readonly noShows: number;
}

/** What the card asked of a venue in a span. */
export interface Load extends LoadCounts {
  readonly from: IsoInstant;
  /** Never after now: what has not been is not counted. */
  readonly to: IsoInstant;
  /** Change of uses against the span before, in whole per cent; null: there were none before. */
  readonly trendPercent: number | null;
  readonly deskMinutes: number;
  readonly performances: number;
  readonly capped: number;
  readonly capReached: number;
  /** Share of card tickets of all tickets, in per cent with one decimal, where tickets are known; null: nowhere. */
  readonly audiencePercent: number | null;
  readonly ticketsKnown: number;
  readonly goodwill: Goodwill;
}

/**
 * Minutes at the desk for one guest with a card, served or turned away. An assumption of this software: no document gives
 * a figure. Reading the card takes seconds; the rest is advice, choosing tickets, and what is typed in later.
 */
export const deskMinutesPerGuest = 2;

const dayMs = 86_400_000;
const mostDays = 366;

export interface Span {
  readonly from: IsoInstant;
  readonly to: IsoInstant;
}

/** The span up to now, and the equally long one before it. Throws BAD_INPUT: empty, longer than 366 days, or all to come. */
export function spansOf({ from, to }: Span, now: IsoInstant): { readonly span: Span; readonly before: Span } {
  const until = to < now ? to : now;
  const lengthMs = Date.parse(until) - Date.parse(from);
  if (lengthMs <= 0) throw badInput('from is before to, and in the past.', { from, to });
  if (Date.parse(to) - Date.parse(from) > mostDays * dayMs) {
    throw badInput(`A span has at most ${mostDays} days.`, { from, to, mostDays });
  }
  const start = new Date(Date.parse(from) - lengthMs).toISOString();
  return { span: { from, to: until }, before: { from: start, to: from } };
}

const fewestTickets = 10;

export function loadOf(
  span: Span,
  counts: LoadCounts,
  performances: readonly LoadPerformance[],
  uses: readonly LoadUse[],
  floorPercent: number,
): Load {
  const known = performances.filter(({ tickets }) => tickets !== null && tickets > 0);
  const allTickets = sumOf(known, ({ tickets }) => tickets ?? 0);
  const cardTickets = sumOf(known, ({ used }) => used);
  const remaining = performances.map(remainingOf).filter((places) => places !== null);
  const crowded = known.filter(
    ({ tickets, used }) => (tickets ?? 0) >= fewestTickets && used * 2 > (tickets ?? 0),
  );
  const { uses: recorded, usesBefore } = counts;
  return {
    ...span,
    ...counts,
    trendPercent: usesBefore === 0 ? null : Math.round((100 * (recorded - usesBefore)) / usesBefore),
    deskMinutes: (recorded + counts.turnAways) * deskMinutesPerGuest,
    performances: performances.length,
    capped: remaining.length,
    capReached: remaining.filter((places) => places === 0).length,
    audiencePercent: allTickets === 0 ? null : Math.round((1000 * cardTickets) / allTickets) / 10,
    ticketsKnown: known.length,
    goodwill: judgeGoodwill({
      uses: recorded,
      usesBefore,
      performances: performances.length,
      withoutCap: performances.length - remaining.length,
      mostlyCard: crowded.length,
      spared: {
        ...sparedOf(uses),
        overFloor: sumOf(known, ({ tickets, used }) =>
          Math.max(0, used - capFloor(tickets ?? 0, floorPercent)),
        ),
      },
    }),
  };
}

interface Edges {
  readonly day: IsoInstant;
  readonly window: IsoInstant;
  readonly isBusy: boolean;
}

function sparedOf(uses: readonly LoadUse[]): Omit<Spared, 'overFloor'> {
  const edges = new Map<IsoInstant, Edges>();
  const seen = new Set<string>();
  let [beforeTheDay, beforeTheWindow, again, onBusyDays] = [0, 0, 0, 0];
  for (const { cardId, cardKind, offeringId, recordedAt, startsAt } of uses) {
    const { day, window, isBusy } = edges.get(startsAt) ?? edgesOf(startsAt, edges);
    if (recordedAt < day) beforeTheDay++;
    if (recordedAt < window) beforeTheWindow++;
    if (isBusy) onBusyDays++;
    if (cardKind === 'COMMUNITY') continue;
    const key = `${offeringId} ${cardId}`;
    if (seen.has(key)) again++;
    seen.add(key);
  }
  return { beforeTheDay, beforeTheWindow, again, onBusyDays };
}

/** A performance's local day is reckoned once: it costs more than everything else here. */
function edgesOf(startsAt: IsoInstant, edges: Map<IsoInstant, Edges>): Edges {
  const date = localDate(startsAt);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const found = {
    day: localDateTime(date, '00:00'),
    window: localDateTime(addDays(date, -windowDays), '00:00'),
    isBusy: weekday === 0 || weekday >= 5,
  };
  edges.set(startsAt, found);
  return found;
}

function sumOf<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
