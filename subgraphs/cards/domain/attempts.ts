import { addDays, localDate, localDateTime } from '../../platform/clock.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, Millis } from '../../platform/units.ts';

/**
 * Misses are codes and tokens that no card has. So many, and the register stops answering: whoever tries codes learns
 * nothing. A right code takes nothing back. Source: shared/notes/security.md "Codes, keys, logins".
 */
export type AttemptScope = 'PERSON' | 'VENUE';

/** Misses of one person within `personWindowMs`, of one venue within a Helsinki day. */
export const mostMisses: Readonly<Record<AttemptScope, number>> = { PERSON: 30, VENUE: 100 };
export const personWindowMs: Millis = 15 * 60_000;

/** What is counted of one person or venue. Without `lockedUntil` it is not locked. */
export interface Attempts {
  readonly scope: AttemptScope;
  /** Start of the window that the misses are of. */
  readonly since: IsoInstant;
  readonly misses: number;
  readonly lockedUntil: IsoInstant | null;
}

/** The beginning of the window that a miss at `now` belongs to, when it is the first of it. */
export function windowStart(scope: AttemptScope, now: Date): IsoInstant {
  return scope === 'PERSON' ? now.toISOString() : localDateTime(localDate(now), '00:00');
}

/** Windows that began at or before this are over. */
export function windowOver(scope: AttemptScope, now: Date): IsoInstant {
  if (scope === 'PERSON') return new Date(now.getTime() - personWindowMs).toISOString();
  return new Date(Date.parse(localDateTime(localDate(now), '00:00')) - 1).toISOString();
}

/** Until when a lock that begins now lasts: a quarter of an hour for a person, the rest of the day for a venue. */
export function lockEnd(scope: AttemptScope, now: Date): IsoInstant {
  if (scope === 'PERSON') return new Date(now.getTime() + personWindowMs).toISOString();
  return localDateTime(addDays(localDate(now), 1), '00:00');
}

/** Refuses TOO_MANY_MISSES with whose (`scope`) and when it opens (`opensAt`, the latest one); null: go on. */
export function checkAttempts(attempts: readonly Attempts[], now: Date): Refusal<'TOO_MANY_MISSES'> | null {
  const at = now.toISOString();
  const locks = attempts
    .flatMap(({ scope, lockedUntil }) =>
      lockedUntil !== null && lockedUntil > at ? [{ scope, opensAt: lockedUntil }] : [],
    )
    .toSorted((a, b) => (a.opensAt < b.opensAt ? 1 : -1));
  const [longest] = locks;
  return longest ? refuse('TOO_MANY_MISSES', { scope: longest.scope, opensAt: longest.opensAt }) : null;
}
