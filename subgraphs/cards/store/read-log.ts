import { createHash } from 'node:crypto';
import { isUniqueViolation } from '../../platform/database/index.ts';
import type { Reading } from '../domain/reading.ts';
import type { CardsDatabase, CardsReader, CardsTransaction } from './database.ts';

/**
 * The append-only log of looks at personal facts.
 *
 * A look is one insert in the transaction of whatever it belongs to: it takes no lock that another look would wait for,
 * so doors do not queue behind each other. The hash chain is made afterwards: `chainReadLog` takes what is committed and
 * not yet chained, in the order of `seq`, and gives each row the next position and the hash over its forerunner. Rows
 * that commit late are simply chained later; two chainers at once: one wins, the other rolls back. The product chains
 * every minute and before every verification, so for a minute or so a row is in the log and not yet in the chain.
 */
export async function logRead(trx: CardsTransaction, reading: Reading): Promise<void> {
  await logReads(trx, [reading]);
}

const rowsPerStatement = 500;

/** Several looks of one moment, such as a list of cards. */
export async function logReads(trx: CardsTransaction, readings: readonly Reading[]): Promise<void> {
  for (let begin = 0; begin < readings.length; begin += rowsPerStatement) {
    await trx
      .insertInto('read_log')
      .values(
        readings.slice(begin, begin + rowsPerStatement).map((reading) => ({
          card_id: reading.cardId,
          actor_role: reading.actorRole,
          organisation_id: reading.organisationId,
          purpose: reading.purpose,
          fields: JSON.stringify([...reading.fields].toSorted()),
          request_id: reading.requestId,
          at: reading.at,
          position: null,
          hash: null,
        })),
      )
      .execute();
  }
}

/** Before the first row of the chain. */
export const beginning: ChainHead = { position: 0, hash: '0'.repeat(64) };
export const rowsPerChaining = 500;

/** Another process chained the same rows: ours are rolled back, and theirs stand. */
class ChainedElsewhere extends Error {}

/** Chains everything that is committed. Returns how many rows were chained by this call. */
export async function chainReadLog(database: CardsDatabase): Promise<number> {
  for (let chained = 0; ;) {
    try {
      const count = await database.write(chainSome);
      chained += count;
      if (count < rowsPerChaining) return chained;
    } catch (error) {
      if (error instanceof ChainedElsewhere || isUniqueViolation(error)) return chained;
      throw error;
    }
  }
}

async function chainSome(trx: CardsTransaction): Promise<number> {
  const rows = await trx
    .selectFrom('read_log')
    .selectAll()
    .where('position', 'is', null)
    .orderBy('seq')
    .limit(rowsPerChaining)
    .execute();
  if (rows.length === 0) return 0;
  let { position, hash } = await headOf(trx);
  for (const row of rows) {
    position += 1;
    hash = hashOf(hash, position, row);
    const { numUpdatedRows } = await trx
      .updateTable('read_log')
      .set({ position, hash })
      .where('seq', '=', row.seq)
      .where('position', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new ChainedElsewhere();
  }
  return rows.length;
}

export interface ChainHead {
  readonly position: number;
  /** 64 hexadecimal digits. Noted elsewhere, it also shows that nothing was cut off the end. */
  readonly hash: string;
}

async function headOf(db: CardsReader): Promise<ChainHead> {
  const row = await db
    .selectFrom('read_log')
    .select(['position', 'hash'])
    .where('position', 'is not', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { position = null, hash = null } = row ?? {};
  return position !== null && hash !== null ? { position, hash } : beginning;
}

type ChainedRow = Omit<Row, 'position' | 'hash'>;
interface Row {
  readonly seq: number;
  readonly card_id: string;
  readonly actor_role: string;
  readonly organisation_id: string | null;
  readonly purpose: string;
  readonly fields: string;
  readonly request_id: string;
  readonly at: string;
  readonly position: number | null;
  readonly hash: string | null;
}

export function hashOf(previous: string, position: number, row: ChainedRow): string {
  const { seq, card_id, actor_role, organisation_id, purpose, fields, request_id, at } = row;
  const content = [
    previous,
    position,
    seq,
    card_id,
    actor_role,
    organisation_id,
    purpose,
    fields,
    request_id,
    at,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
