import { badInput, forbidden } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { viewerKey, type Viewer } from '../../platform/viewer.ts';
import {
  checkAttempts,
  lockEnd,
  mostMisses,
  windowOver,
  windowStart,
  type AttemptScope,
} from '../domain/attempts.ts';
import { deskPlace, isDesk } from '../domain/desk.ts';
import { policy } from '../domain/policy.ts';
import { countMiss, findAttempts, lockAttempts, removeAttempts } from '../store/attempts.ts';
import type { CardsTransaction } from '../store/database.ts';
import type { CardsContext } from './context.ts';
import { readId } from './input.ts';
import type { CardsServices } from './services.ts';

/** Who is at work: until people sign in themselves, everybody with the same viewer is one person. */
export function actorOf(viewer: Viewer): string {
  return viewerKey(viewer);
}

/** Where misses are counted: the person, as a keyed hash, and the venue, or the desk as `deskPlace` calls it. */
export interface CountedDoor {
  readonly person: string;
  readonly venueId: string;
}

export function countedDoor({ sealer }: CardsServices, viewer: Viewer, venueId: string): CountedDoor {
  return { person: sealer.digest('attempt-actor', actorOf(viewer)), venueId };
}

/** Refuses TOO_MANY_MISSES while the person or the venue is locked. Reads only. */
export async function checkDoor(
  { database }: CardsServices,
  door: CountedDoor,
  now: Date,
): Promise<Refusal<'TOO_MANY_MISSES'> | null> {
  return checkAttempts(await findAttempts(database.reader, door.person, door.venueId), now);
}

interface Lock {
  readonly scope: AttemptScope;
  readonly opensAt: IsoInstant;
}

/**
 * Counts misses of a door, in the order in which they came. The one that reaches the limit locks, with an event and a line
 * in the log; those that came at the same time and are beyond it are refused TOO_MANY_MISSES. Null: answer as usual.
 */
export async function countMisses(
  { database, logger }: CardsServices,
  door: CountedDoor,
  misses: number,
  now: Date,
): Promise<Refusal<'TOO_MANY_MISSES'> | null> {
  const { locks, refusal } = await database.write(async (trx) => {
    const locks: Lock[] = [];
    let refusal: Refusal<'TOO_MANY_MISSES'> | null = null;
    for (const scope of ['PERSON', 'VENUE'] as const) {
      for (let miss = 0; miss < misses; miss++) {
        const count = await countOne(trx, door, scope, now);
        const opensAt = lockEnd(scope, now);
        if (count === mostMisses[scope]) locks.push(await lock(trx, door, scope, now));
        if (count > mostMisses[scope]) refusal = refuse('TOO_MANY_MISSES', { scope, opensAt });
      }
    }
    return { locks, refusal };
  });
  const alarm = isDesk(door.venueId) ? 'desk.locked' : 'presentation.locked';
  for (const { scope, opensAt } of locks) {
    logger.warn({ alarm, scope, venueId: door.venueId, opensAt }, 'too many misses');
  }
  return refusal;
}

function countOne(trx: CardsTransaction, door: CountedDoor, scope: AttemptScope, now: Date): Promise<number> {
  const key = keyOf(door, scope);
  const since = windowStart(scope, now);
  return countMiss(trx, { scope, key }, { venueId: door.venueId, since, over: windowOver(scope, now) });
}

async function lock(trx: CardsTransaction, door: CountedDoor, scope: AttemptScope, now: Date): Promise<Lock> {
  const opensAt = lockEnd(scope, now);
  const at = now.toISOString();
  await lockAttempts(trx, { scope, key: keyOf(door, scope) }, opensAt);
  const payload = { scope, venueId: door.venueId, at, opensAt };
  // Other subgraphs learn of venues alone: no event names a unit that gives cards.
  if (!isDesk(door.venueId)) await appendEvent(trx, { topic: 'presentation.locked', payload }, at);
  return { scope, opensAt };
}

function keyOf({ person, venueId }: CountedDoor, scope: AttemptScope): string {
  return scope === 'PERSON' ? person : venueId;
}

export interface UnlockedVenue {
  /** The venue; or the unit, when its desk was opened. */
  readonly venueId: string;
  /** Locks that were open to be opened: the place's own and those of people there. */
  readonly opened: number;
}

/** The national centre opens a venue or a unit's desk, and the people there, before the time. Throws BAD_INPUT and FORBIDDEN. */
export async function unlockVenue({ services, viewer }: CardsContext, typed: string): Promise<UnlockedVenue> {
  const venueId = readId('venueId', typed);
  if (!policy.unlockVenue(viewer)) throw forbidden();
  const at = services.clock.now().toISOString();
  const opened = await services.database.write(async (trx) => {
    const atDoor = await removeAttempts(trx, venueId, at);
    const payload = { venueId, at };
    if (atDoor > 0) await appendEvent(trx, { topic: 'presentation.unlocked', payload }, at);
    return atDoor + (await removeAttempts(trx, deskPlace(venueId), at));
  });
  return { venueId, opened };
}

const maxShown = 200;

/** What was typed or scanned at a door. Refuses BAD_INPUT when it is empty or huge; what it is, the domain says. */
export function readShownText(code: string, field = 'code'): string {
  if (code.trim() === '') throw badInput('Type or scan the card code: it is empty.', { field });
  if (code.length <= maxShown) return code;
  throw badInput(`A card code has 12 characters, a phone's 118; at most ${maxShown} are read.`, { field });
}
