import type { Counters, CounterNumbers } from '../shared/counters.ts';
import type { CounterNews } from '../shared/operations/counters.ts';
import type { Span } from '../shared/time.ts';
import { compareTimes, spanOf, startOfDay } from '../shared/time.ts';

/** One performance on the display, with its newest numbers. */
export interface Showing {
  readonly performance: CounterNews['performance'];
  readonly numbers: CounterNumbers;
}

/** The showings of one piece of news; numbers older than the ones already shown are left out. */
export function showings(news: readonly CounterNews[], counters: Counters): Showing[] {
  return news.map((item) => ({
    performance: item.performance,
    numbers: counters.take(item.performance.id, item),
  }));
}

export function hasEnded({ performance }: Showing, now: Date): boolean {
  return performance.endsAt !== null && Date.parse(performance.endsAt) <= now.getTime();
}

export function hasStarted({ performance }: Showing, now: Date): boolean {
  return Date.parse(performance.startsAt) <= now.getTime();
}

/** What is still to be shown, in the order of compareTimes. What began on an earlier day counts as today's. */
export function programme(all: readonly Showing[], now: Date): Showing[] {
  const today = startOfDay(now);
  const span = ({ performance }: Showing): Span => {
    const { start, end } = spanOf(performance);
    return { start: start < today ? today : start, end };
  };
  return all.filter((showing) => !hasEnded(showing, now)).sort((a, b) => compareTimes(span(a), span(b)));
}
