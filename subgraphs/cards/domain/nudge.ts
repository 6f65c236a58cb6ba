import type { LocalDate } from '../../platform/units.ts';

/** For how long a card has lain unused, counted from its last handover or renewal. Days, the first and the last included. */
export const bands = [
  { from: 0, to: 30 },
  { from: 31, to: 90 },
  { from: 91, to: 180 },
  { from: 181, to: null },
] as const;

/** Which band a day falls into today; a day still to come counts as today. */
export function bandOf(since: LocalDate, today: LocalDate): number {
  const days = Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000);
  return Math.max(
    0,
    bands.findLastIndex(({ from }) => days >= from),
  );
}
