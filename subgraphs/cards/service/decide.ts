import { isRefusal } from '../../platform/refusals.ts';
import type { CardsDatabase, CardsTransaction } from '../store/database.ts';

/** Carries an answer out of a transaction that must leave nothing behind. */
class RollBack<Answer> extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('rolled back with an answer');
    this.answer = answer;
  }
}

/**
 * A write transaction that commits only a yes: a refusal is given back all the same, and what was written before it is
 * rolled back. A broken constraint is never caught inside: on PostgreSQL it would end the transaction.
 */
export async function decide<Answer>(
  database: CardsDatabase,
  work: (trx: CardsTransaction) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await database.write(async (trx) => {
      const answer = await work(trx);
      if (isRefusal(answer)) throw new RollBack(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof RollBack) return error.answer as Answer;
    throw error;
  }
}
