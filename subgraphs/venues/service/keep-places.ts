import { localDate } from '../../platform/clock.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { capReached } from '../domain/cap.ts';
import type { Performance } from '../domain/catalogue.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { closeHold } from '../store/holds.ts';
import { decide } from './decide.ts';
import { doorFacts } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import { holdClosed } from './hold-event.ts';
import { placesFreed } from './places-freed.ts';
import type { Full } from './why-full.ts';

/** One try: OPENED by it; EARLIER: this request has its answer already; AGAIN: places were given back meanwhile. */
export type KeepAttempt<No extends Refusal<string>> = 'OPENED' | 'EARLIER' | 'AGAIN' | Full | No;

export interface Keeping<Kept extends object, No extends Refusal<string>> {
  readonly requestId: string;
  readonly performance: Performance;
  readonly now: IsoInstant;
  /** One try, in a transaction; `no` leaves nothing of it behind. */
  readonly open: (
    trx: VenuesTransaction,
    no: (attempt: KeepAttempt<No>) => never,
  ) => Promise<KeepAttempt<No>>;
  /** What this request keeps; null: nothing yet. */
  readonly earlier: () => Promise<Kept | null>;
}

const maxAttempts = 5;

/** Keeps places as a hold, all or none; holds that are over make room first. Refuses CAP_REACHED, and what `open` refuses. */
export async function keepPlaces<Kept extends object, No extends Refusal<string>>(
  env: Environment,
  { requestId, performance, now, open, earlier }: Keeping<Kept, No>,
): Promise<Kept | No | Refusal<'CAP_REACHED'>> {
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const attempt = await decide<KeepAttempt<No>>(env.database, open);
    if (attempt === 'AGAIN') continue;
    if (isRefusal(attempt)) return attempt;
    if (attempt === 'OPENED' || attempt === 'EARLIER') {
      if (attempt === 'OPENED') ring(env.live, performance);
      const kept = await earlier();
      if (kept) return kept;
      continue;
    }
    if (attempt.held > 0 && (await expireHoldsOf(env, performance.id))) continue;
    const { rules, place } = await doorFacts(env.database.reader, performance);
    return capReached(attempt, rules, place, localDate(now));
  }
  throw new Error(`Request ${requestId} met a changing state ${maxAttempts} times.`);
}

/** What is left of a hold is free at once. A hold that is closed already stays as it is. */
export async function givePlacesBack(
  env: Environment,
  {
    id,
    performanceId,
    venueId,
  }: { readonly id: string; readonly performanceId: string; readonly venueId: string },
): Promise<void> {
  const now = env.clock.now().toISOString();
  const isClosed = await env.database.write(async (trx) => {
    const closed = await closeHold(trx, id, now);
    if (!closed) return false;
    await appendEvent(trx, holdClosed(closed, 'RELEASED', now), now);
    await placesFreed(trx, performanceId, now);
    return true;
  });
  if (isClosed) ring(env.live, { id: performanceId, venueId });
}
