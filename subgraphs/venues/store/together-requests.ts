import { sql, type RawBuilder } from 'kysely';
import {
  insertJsonRows,
  jsonRows,
  kept,
  type Engine,
  type JsonColumns,
} from '../../platform/database/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { VenuesTransaction } from './database.ts';
import type { RequestTable } from './tables.ts';

/** A key that will stand for this redemption. */
export interface NewRequest {
  readonly scope: string;
  readonly requestId: string;
  readonly fingerprint: string;
  readonly redemptionId: string;
  readonly at: IsoInstant;
}

type KeyRow = Pick<RequestTable, 'scope' | 'request_id'>;

const keyColumns: JsonColumns<KeyRow> = { scope: 'text', request_id: 'text' };

const requestColumns: JsonColumns<RequestTable> = {
  ...keyColumns,
  fingerprint: 'text',
  redemption_id: 'text',
  turn_away_id: 'text',
  at: 'text',
};

/**
 * claimRequest for many: the redemptions whose keys are taken now; the others' keys somebody has.
 */
export async function claimRequests(
  engine: Engine,
  trx: VenuesTransaction,
  requests: readonly NewRequest[],
): Promise<ReadonlySet<string>> {
  const claimed = await sql<{ redemption_id: string }>`
    ${kept}${claiming(engine, requests)} returning redemption_id`.execute(trx);
  return new Set(claimed.rows.map(({ redemption_id }) => redemption_id));
}

/** In the order of the keys, so that two batches never wait for each other in a circle; `returning` may follow. */
export function claiming(engine: Engine, requests: readonly NewRequest[]): RawBuilder<never> {
  const rows = requests.map(({ scope, requestId, fingerprint, redemptionId, at }) => ({
    scope,
    request_id: requestId,
    fingerprint,
    redemption_id: redemptionId,
    turn_away_id: null,
    at,
  }));
  rows.sort((a, b) => order(a.scope, b.scope) || order(a.request_id, b.request_id));
  return sql`${insertJsonRows(engine, 'request', requestColumns, rows)} on conflict (scope, request_id) do nothing`;
}

/** Gives keys back that came to nothing in this transaction. */
export async function dropRequests(
  engine: Engine,
  trx: VenuesTransaction,
  requests: readonly NewRequest[],
): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map(({ scope, requestId }) => ({ scope, request_id: requestId }));
  await sql`
    delete from request
    where (scope, request_id) in (select scope, request_id from ${jsonRows(engine, 'rows', keyColumns, rows)})`.execute(
    trx,
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
