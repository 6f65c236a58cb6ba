import { addDays } from '../../platform/clock.ts';
import type { LocalDate } from '../../platform/units.ts';

/** What a unit looks for in its own cards. */
export const deskFilters = ['VALID', 'EXPIRING_SOON', 'EXPIRED', 'SUSPENDED', 'NEVER_USED'] as const;
export type DeskFilter = (typeof deskFilters)[number];

/** How far ahead EXPIRING_SOON looks unless told otherwise: time to write to a client and to meet. */
export const soonDays = 30;
export const maxSoonDays = 366;

/** A filter as limits of columns; what is left out is not limited. Days are included. */
export interface DeskLimits {
  readonly status?: 'ACTIVE' | 'SUSPENDED';
  readonly endsFrom?: LocalDate;
  readonly endsTo?: LocalDate;
  readonly unused?: true;
}

/** The limits of a filter on a day. NEVER_USED: valid cards that nobody has used yet. */
export function deskLimits(filter: DeskFilter | null, today: LocalDate, days: number): DeskLimits {
  const limits: Record<DeskFilter, DeskLimits> = {
    VALID: { status: 'ACTIVE', endsFrom: today },
    EXPIRING_SOON: { status: 'ACTIVE', endsFrom: today, endsTo: addDays(today, days) },
    EXPIRED: { status: 'ACTIVE', endsTo: addDays(today, -1) },
    SUSPENDED: { status: 'SUSPENDED' },
    NEVER_USED: { status: 'ACTIVE', endsFrom: today, unused: true },
  };
  return filter === null ? {} : limits[filter];
}

const deskPrefix = 'desk:';

/** A unit's desk as a place whose misses are counted; no venue has such an id. */
export function deskPlace(issuerId: string): string {
  return deskPrefix + issuerId;
}

export function isDesk(place: string): boolean {
  return place.startsWith(deskPrefix);
}
