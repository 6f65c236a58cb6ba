import { sql } from 'kysely';
import type { IsoInstant } from '../../platform/units.ts';
import type { AttemptScope, Attempts } from '../domain/attempts.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

export interface AttemptKey {
  readonly scope: AttemptScope;
  readonly key: string;
}

/** What is counted of a person and of a venue. */
export async function findAttempts(
  db: CardsReader,
  person: string,
  venueId: string,
): Promise<readonly Attempts[]> {
  const rows = await db
    .selectFrom('attempt')
    .select(['scope', 'since', 'misses', 'locked_until'])
    .where((eb) =>
      eb.or([eb.and({ scope: 'PERSON', key: person }), eb.and({ scope: 'VENUE', key: venueId })]),
    )
    .execute();
  return rows.map(({ scope, since, misses, locked_until }) => ({
    scope,
    since,
    misses,
    lockedUntil: locked_until,
  }));
}

/** Counts one miss, in a new window when the old one `over`. Returns how many there are in the window with it. */
export async function countMiss(
  trx: CardsTransaction,
  { scope, key }: AttemptKey,
  at: { readonly venueId: string; readonly since: IsoInstant; readonly over: IsoInstant },
): Promise<number> {
  const isOver = sql<boolean>`attempt.since <= ${at.over}`;
  const { misses } = await trx
    .insertInto('attempt')
    .values({ scope, key, venue_id: at.venueId, since: at.since, misses: 1, locked_until: null })
    .onConflict((conflict) =>
      conflict.columns(['scope', 'key']).doUpdateSet({
        venue_id: (eb) => eb.ref('excluded.venue_id'),
        since: sql`case when ${isOver} then excluded.since else attempt.since end`,
        misses: sql`case when ${isOver} then 1 else attempt.misses + 1 end`,
        locked_until: sql`case when ${isOver} then null else attempt.locked_until end`,
      }),
    )
    .returning('misses')
    .executeTakeFirstOrThrow();
  return misses;
}

export async function lockAttempts(
  trx: CardsTransaction,
  { scope, key }: AttemptKey,
  until: IsoInstant,
): Promise<void> {
  await trx
    .updateTable('attempt')
    .set({ locked_until: until })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .execute();
}

/** Forgets what was counted of a venue and of the people who work there. Returns how many locks were open to be opened. */
export async function removeAttempts(
  trx: CardsTransaction,
  venueId: string,
  at: IsoInstant,
): Promise<number> {
  const gone = await trx
    .deleteFrom('attempt')
    .where('venue_id', '=', venueId)
    .returning('locked_until')
    .execute();
  return gone.filter(({ locked_until }) => locked_until !== null && locked_until > at).length;
}
