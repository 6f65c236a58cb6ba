import type { VenuesDatabase, VenuesTransaction } from '../store/database.ts';

/** Carries an answer out of a transaction that must leave nothing behind. */
class RollBack<Answer> extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('rolled back with an answer');
    this.answer = answer;
  }
}

/**
 * A write transaction with two ways out: `return` commits, `no(answer)` rolls everything back and gives the answer all
 * the same. A broken constraint is never caught inside: on PostgreSQL it would end the transaction.
 */
export async function decide<Answer>(
  database: VenuesDatabase,
  work: (trx: VenuesTransaction, no: (answer: Answer) => never) => Promise<Answer>,
): Promise<Answer> {
  const no = (answer: Answer): never => {
    throw new RollBack(answer);
  };
  try {
    return await database.write((trx) => work(trx, no));
  } catch (error) {
    if (error instanceof RollBack) return error.answer as Answer;
    throw error;
  }
}
