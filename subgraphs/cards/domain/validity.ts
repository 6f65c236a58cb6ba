import { addDays } from '../../platform/clock.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { Ruled } from './rules.ts';

/**
 * The last day of a card: twelve months including the day of issue (2026-11-22 → 2027-11-21), or the pilot's last day
 * when that comes first. A card given on 29 February ends on 28 February.
 * Refuses PILOT_ENDED when the pilot was over before the day of issue. Source: domain.md "Cards and holders".
 */
export function validUntil(
  issuedOn: LocalDate,
  pilotEnd: Ruled<LocalDate | null>,
): LocalDate | Refusal<'PILOT_ENDED'> {
  const end = pilotEnd.value;
  if (end !== null && end < issuedOn) return refuse('PILOT_ENDED', { endedOn: end }, pilotEnd.rule);
  const twelveMonths = addDays(sameDayNextYear(issuedOn), -1);
  return end !== null && end < twelveMonths ? end : twelveMonths;
}

/** Which of the two rules ends a card. */
export type ValidityBasis = 'TWELVE_MONTHS' | 'PILOT_END';

export function validityBasis(lastDay: LocalDate, pilotEnd: Ruled<LocalDate | null>): ValidityBasis {
  return lastDay === pilotEnd.value ? 'PILOT_END' : 'TWELVE_MONTHS';
}

function sameDayNextYear(day: LocalDate): LocalDate {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year + 1, month - 1, dayOfMonth)).toISOString().slice(0, 10);
}

/** The calendar year of a day. */
export function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4));
}
