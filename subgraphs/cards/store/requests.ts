import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** An idempotency key with the fingerprint of what is asked under it. */
export interface RequestKey {
  /** Who chose the key: keys of two units never meet. */
  readonly scope: string;
  readonly requestId: string;
  readonly fingerprint: string;
}

/**
 * Takes a key for this transaction. False: somebody has it. On PostgreSQL this waits for a transaction that holds the same
 * key, so two identical calls never both go on.
 */
export async function claimRequest(
  trx: CardsTransaction,
  { scope, requestId, fingerprint }: RequestKey,
  at: IsoInstant,
): Promise<boolean> {
  const claimed = await trx
    .insertInto('card_request')
    .values({ scope, request_id: requestId, fingerprint, answer: '', at })
    .onConflict((conflict) => conflict.columns(['scope', 'request_id']).doNothing())
    .returning('request_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Keeps what was answered, for whoever asks again with the same key. */
export async function saveAnswer(
  trx: CardsTransaction,
  { scope, requestId }: RequestKey,
  answer: string,
): Promise<void> {
  await trx
    .updateTable('card_request')
    .set({ answer })
    .where('scope', '=', scope)
    .where('request_id', '=', requestId)
    .execute();
}

export async function findRequest(
  db: CardsReader,
  { scope, requestId }: RequestKey,
): Promise<{ fingerprint: string; answer: string } | null> {
  const row = await db
    .selectFrom('card_request')
    .select(['fingerprint', 'answer'])
    .where('scope', '=', scope)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ?? null;
}
