import { localDate } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { judgeCap } from '../domain/cap.ts';
import { findRules } from '../store/copies.ts';
import type { VenuesReader, VenuesTransaction } from '../store/database.ts';
import { createPool, joinPool, leavePool, lockPool, recordMembers } from '../store/pool-changes.ts';
import { setPoolCap, setPoolLabel } from '../store/pool-changes.ts';
import { lockOfferings, performanceIdsOf, ticketsTogether } from '../store/pool-offerings.ts';
import { findPools, membersOf, type Pool } from '../store/pool-rows.ts';
import { placesOfPools } from '../store/pools.ts';
import { decide } from './decide.ts';
import { performanceKey, venueKey, type Environment } from './environment.ts';
import { placesFreed } from './places-freed.ts';
import { ownPool, whichPool, type SetSharedCapInput, type Target } from './shared-cap-target.ts';

export interface SharedCapSet {
  readonly kind: 'sharedCapSet';
  readonly pool: Pool;
  /** What the venue should know about the cap it has set. */
  readonly warnings: readonly Text[];
}

export type SharedCapRefusal = Refusal<
  'CAP_BELOW_USED' | 'CAP_BELOW_FLOOR' | 'CAP_SHARED_ALREADY' | 'PERFORMANCE_CANCELLED'
>;

const maxAttempts = 5;

/**
 * Sets one cap over several performances of a venue: over all of an offering, now and later, or over chosen ones. Their own
 * caps stay. What is so already is no change, so the same call again does nothing. Refused below what is used and held
 * under it. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN.
 */
export async function setSharedCap(
  env: Environment,
  viewer: Viewer,
  input: SetSharedCapInput,
): Promise<SharedCapSet | SharedCapRefusal> {
  const db = env.database.reader;
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const target = await whichPool(db, viewer, input);
    if (isRefusal(target)) return target;
    const now = env.clock.now();
    const rules = await findRules(db, ['cap.floor_pct']);
    const tickets = await ticketsTogether(db, await membersWanted(db, target));
    const judged = judgeCap(input.cap, tickets, rules, target.place, localDate(now));
    if (isRefusal(judged)) return judged;
    const attempt = await decide<Attempt>(env.database, (trx, no) => {
      return change(trx, no, target, input.cap, now.toISOString());
    });
    if (attempt === 'AGAIN') continue;
    // The same call at the same moment may have made it: then the next look finds it.
    if (isRefusal(attempt) && attempt.code === 'CAP_SHARED_ALREADY' && attempts === 0) continue;
    if (isRefusal(attempt)) return attempt;
    ringMembers(env, target.venueId, attempt.rung);
    return { kind: 'sharedCapSet', pool: attempt.pool, warnings: judged.warnings };
  }
  throw new Error(`A shared cap met a changing state ${maxAttempts} times.`);
}

type Attempt =
  | { readonly kind: 'changed'; readonly pool: Pool; readonly rung: readonly string[] }
  | SharedCapRefusal
  /** Somebody set or removed the same shared cap meanwhile. */
  | 'AGAIN';

/**
 * One transaction. Who leaves goes first and who joins comes last, so that every row of the history could be. Order of locks:
 * offering, shared cap, counters.
 */
async function change(
  trx: VenuesTransaction,
  no: (attempt: Attempt) => never,
  target: Target,
  cap: TicketCount,
  at: string,
): Promise<Attempt> {
  const { offeringId, label } = target;
  if (offeringId !== null) await lockOfferings(trx, [offeringId]);
  const opened = { id: newId(), venueId: target.venueId, offeringId, cap, label: label ?? noLabel };
  let pool = target.pool ? await lockPool(trx, target.pool.id) : await createPool(trx, opened, at);
  if (!pool || pool.removedAt !== null) return no('AGAIN');

  const wanted = new Set(await membersWanted(trx, { ...target, pool }));
  const present = (await membersOf(trx, [pool.id])).get(pool.id) ?? [];
  const leaving = present.filter((id) => !wanted.has(id));
  const joining = [...wanted].filter((id) => !present.includes(id)).sort();
  await leavePool(trx, pool, leaving);
  pool = await recordMembers(trx, pool, { kind: 'LEFT', performanceIds: leaving }, at);
  const isLess = cap < pool.cap;
  const isMore = cap > pool.cap;
  if (cap !== pool.cap) pool = await setPoolCap(trx, pool, cap, at);
  const joined = await joinPool(trx, pool, joining);
  if (joined.length < joining.length) {
    const performanceId = joining.find((id) => !joined.includes(id)) ?? null;
    return no(refuse('CAP_SHARED_ALREADY', { performanceId }));
  }
  pool = await recordMembers(trx, pool, { kind: 'JOINED', performanceIds: joined }, at);
  if (isLess || joined.length > 0) {
    const places = (await placesOfPools(trx, new Set([pool.id]))).get(pool.id);
    const { used = 0, held = 0 } = places ?? {};
    if (used + held > cap) return no(refuse('CAP_BELOW_USED', { cap, used, held, shared: true }));
  }
  if (label !== undefined) pool = await setPoolLabel(trx, pool, label);
  const freed = isMore ? [...wanted, ...leaving] : leaving.length > 0 ? [...present, ...wanted] : [];
  for (const id of [...new Set(freed)].sort()) await placesFreed(trx, id, at);
  return { kind: 'changed', pool, rung: [...new Set([...present, ...wanted])] };
}

/** Which performances shall be under it, as things are now. */
async function membersWanted(
  db: VenuesReader,
  { pool, offeringId, members }: Pick<Target, 'pool' | 'offeringId' | 'members'>,
): Promise<readonly string[]> {
  if (offeringId !== null) return performanceIdsOf(db, offeringId);
  if (members || !pool) return members ?? [];
  return (await membersOf(db, [pool.id])).get(pool.id) ?? [];
}

const noLabel: Text = { fi: null, sv: null, en: null };

/**
 * Takes a shared cap away; the performances keep their own. Once more changes nothing. Throws NOT_FOUND, FORBIDDEN.
 */
export async function removeSharedCap(env: Environment, viewer: Viewer, id: string): Promise<Pool> {
  const found = await ownPool(env.database.reader, viewer, id);
  if (found.removedAt !== null) return found;
  const at = env.clock.now().toISOString();
  const members = await env.database.write(async (trx) => {
    const pool = await lockPool(trx, id);
    if (!pool || pool.removedAt !== null) return [];
    const performanceIds = (await membersOf(trx, [id])).get(id) ?? [];
    await leavePool(trx, pool, performanceIds);
    await recordMembers(trx, pool, { kind: 'REMOVED', performanceIds }, at);
    for (const each of performanceIds) await placesFreed(trx, each, at);
    return performanceIds;
  });
  ringMembers(env, found.venueId, members);
  return (await findPools(env.database.reader, [id]))[0] ?? found;
}

/** What is left of every one of them may be another number now. */
function ringMembers({ live }: Environment, venueId: string, performanceIds: readonly string[]): void {
  for (const id of performanceIds) live.put(performanceKey(id));
  live.put(venueKey(venueId));
}
