import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** An idempotency key and what came of it: exactly one of the two ids is set. */
export interface Request {
  /** Who chose the key: keys of two venues never meet. */
  readonly scope: string;
  readonly requestId: string;
  readonly fingerprint: string;
  readonly redemptionId: string | null;
  readonly turnAwayId: string | null;
}

export interface TurnAway {
  readonly id: string;
  readonly performanceId: string;
  readonly venueId: string;
  readonly wanted: TicketCount;
  readonly cap: TicketCount;
  readonly used: TicketCount;
  readonly held: TicketCount;
  /** Whether the numbers are those of a cap that several performances share. */
  readonly shared?: boolean;
  readonly at: IsoInstant;
}

/**
 * Takes a key for this transaction. False: somebody has it. On PostgreSQL this waits for a transaction that holds the
 * same key, so two identical calls never both go on.
 */
export async function claimRequest(
  trx: VenuesTransaction,
  request: Request,
  at: IsoInstant,
): Promise<boolean> {
  const claimed = await trx
    .insertInto('request')
    .values({
      scope: request.scope,
      request_id: request.requestId,
      fingerprint: request.fingerprint,
      redemption_id: request.redemptionId,
      turn_away_id: request.turnAwayId,
      at,
    })
    .onConflict((oc) => oc.columns(['scope', 'request_id']).doNothing())
    .returning('request_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

export async function findRequest(
  db: VenuesReader,
  scope: string,
  requestId: string,
): Promise<Request | null> {
  const row = await db
    .selectFrom('request')
    .selectAll()
    .where('scope', '=', scope)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (!row) return null;
  const { fingerprint, redemption_id, turn_away_id } = row;
  return { scope, requestId, fingerprint, redemptionId: redemption_id, turnAwayId: turn_away_id };
}

export async function insertTurnAway(trx: VenuesTransaction, turnAway: TurnAway): Promise<void> {
  const { id, performanceId, venueId, wanted, cap, used, held, at } = turnAway;
  const shared = turnAway.shared ? 1 : 0;
  await trx
    .insertInto('turn_away')
    .values({ id, performance_id: performanceId, venue_id: venueId, wanted, cap, used, held, shared, at })
    .execute();
}

export async function findTurnAway(db: VenuesReader, id: string): Promise<TurnAway | null> {
  const row = await db.selectFrom('turn_away').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { performance_id, venue_id, wanted, cap, used, held, at } = row;
  const shared = row.shared === 1;
  return { id, performanceId: performance_id, venueId: venue_id, wanted, cap, used, held, shared, at };
}
