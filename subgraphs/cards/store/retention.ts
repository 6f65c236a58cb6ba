import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Due } from '../domain/retention.ts';
import { eraseAccounts } from './accounts.ts';
import type { CardsReader, CardsTransaction } from './database.ts';
import { removeExpiredMails } from './outgoing-mail.ts';
import { countRevoked, removeRevoked } from './phones.ts';
import type { CardsTables } from './tables.ts';

interface Clearing {
  /** How many rows are due. */
  readonly count: (db: CardsReader, due: Due) => Promise<number>;
  /** Removes them. Returns how many. */
  readonly clear: (trx: CardsTransaction, due: Due) => Promise<number>;
}

async function counted(query: { executeTakeFirstOrThrow(): Promise<{ rows: number }> }): Promise<number> {
  return (await query.executeTakeFirstOrThrow()).rows;
}

async function cleared(query: {
  executeTakeFirstOrThrow(): Promise<{ numDeletedRows: bigint }>;
}): Promise<number> {
  return Number((await query.executeTakeFirstOrThrow()).numDeletedRows);
}

async function unconfirmed(db: CardsReader, { traceBefore }: Due): Promise<string[]> {
  const rows = await db
    .selectFrom('holder_account')
    .select('id')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<', traceBefore)
    .execute();
  return rows.map(({ id }) => id);
}

/** Misses that no window counts any more and that lock nobody. */
function isOver(
  eb: ExpressionBuilder<CardsTables, 'attempt'>,
  { attemptsBefore, now }: Due,
): Expression<SqlBool> {
  return eb.and([
    eb('since', '<', attemptsBefore),
    eb.or([eb('locked_until', 'is', null), eb('locked_until', '<', now)]),
  ]);
}

/** Rows that simply go when their time is over. */
export const clearings = {
  ONE_TIME_CODES: {
    count: (db, { traceBefore }) =>
      counted(
        db
          .selectFrom('one_time_code')
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .where('expires_at', '<', traceBefore),
      ),
    clear: (trx, { traceBefore }) =>
      cleared(trx.deleteFrom('one_time_code').where('expires_at', '<', traceBefore)),
  },
  OUTGOING_MAILS: {
    count: (db, { now }) =>
      counted(
        db
          .selectFrom('outgoing_mail')
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .where('expires_at', '<=', now),
      ),
    clear: (trx, { now }) => removeExpiredMails(trx, now),
  },
  UNCONFIRMED_ACCOUNTS: {
    count: async (db, due) => (await unconfirmed(db, due)).length,
    clear: async (trx, due) => {
      const ids = await unconfirmed(trx, due);
      await eraseAccounts(trx, ids);
      return ids.length;
    },
  },
  PHONE_CODES: {
    count: (db, { traceBefore }) =>
      counted(
        db
          .selectFrom('phone_code')
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .where('expires_at', '<', traceBefore),
      ),
    clear: (trx, { traceBefore }) =>
      cleared(trx.deleteFrom('phone_code').where('expires_at', '<', traceBefore)),
  },
  REVOKED_PHONES: {
    count: (db, { revokedBefore }) => countRevoked(db, revokedBefore),
    clear: (trx, { revokedBefore }) => removeRevoked(trx, revokedBefore),
  },
  ATTEMPTS: {
    count: (db, due) =>
      counted(
        db
          .selectFrom('attempt')
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .where((eb) => isOver(eb, due)),
      ),
    clear: (trx, due) => cleared(trx.deleteFrom('attempt').where((eb) => isOver(eb, due))),
  },
  REQUEST_KEYS: {
    count: (db, { requestsBefore }) =>
      counted(
        db
          .selectFrom('card_request')
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .where('at', '<', requestsBefore),
      ),
    clear: (trx, { requestsBefore }) =>
      cleared(trx.deleteFrom('card_request').where('at', '<', requestsBefore)),
  },
  FIRST_ANSWERS: {
    count: (db, { firstAnswersBeforeYear }) =>
      counted(
        db
          .selectFrom('wellbeing_first')
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .where('year', '<', firstAnswersBeforeYear),
      ),
    clear: (trx, { firstAnswersBeforeYear }) =>
      cleared(trx.deleteFrom('wellbeing_first').where('year', '<', firstAnswersBeforeYear)),
  },
} as const satisfies Readonly<Record<string, Clearing>>;

export type ClearedKind = keyof typeof clearings;
