import { newId } from '../../platform/ids.ts';
import type { Performance } from '../domain/catalogue.ts';
import type { Traced } from '../domain/limits/index.ts';
import type { Redemption } from '../domain/redemption.ts';
import { claimRequest, insertTurnAway } from '../store/requests.ts';
import { earlierAnswer, type AnswerFull, type FullHouse, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';

/**
 * Counts a guest who could not be served, once per requestId, in a transaction of its own: that of the redemption has
 * been rolled back. When an identical call was answered meanwhile, its answer stands.
 */
export async function turnAway(
  env: Environment,
  key: RequestKey,
  performance: Performance,
  full: FullHouse,
  answerFull: AnswerFull,
): Promise<Redemption | Traced<'CAP_REACHED'>> {
  const isCounted = await countTurnAway(env, key, performance, full);
  const earlier = isCounted ? null : await earlierAnswer(env.database.reader, key, answerFull);
  return earlier ?? answerFull(full);
}

/** The counting alone. False: the key was taken meanwhile, and nothing was counted. */
export async function countTurnAway(
  { database }: Pick<Environment, 'database'>,
  key: RequestKey,
  performance: Performance,
  full: FullHouse,
): Promise<boolean> {
  const id = newId();
  return database.write(async (trx) => {
    if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: id }, full.at))) return false;
    await insertTurnAway(trx, { id, performanceId: performance.id, venueId: performance.venueId, ...full });
    return true;
  });
}
