import { createHash } from 'node:crypto';
import { badInput, conflict } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { CardsDatabase, CardsTransaction } from '../store/database.ts';
import { claimRequest, findRequest, saveAnswer, type RequestKey } from '../store/requests.ts';
import { decide } from './decide.ts';

/**
 * Does a thing once per idempotency key: the same key with the same parameters gives the same answer, with others it
 * throws REQUEST_ID_REUSED. A refusal is not kept, so what was refused can be tried again under the same key. The answer
 * is stored as JSON: ids, codes and days, no facts of a holder.
 */
export async function once<Answer extends object, Code extends string>(
  database: CardsDatabase,
  key: RequestKey,
  at: IsoInstant,
  work: (trx: CardsTransaction) => Promise<Answer | Refusal<Code>>,
): Promise<Answer | Refusal<Code>> {
  return decide(database, async (trx) => {
    if (!(await claimRequest(trx, key, at))) return earlier<Answer>(trx, key);
    const answer = await work(trx);
    if (!isRefusal(answer)) await saveAnswer(trx, key, JSON.stringify(answer));
    return answer;
  });
}

async function earlier<Answer>(trx: CardsTransaction, key: RequestKey): Promise<Answer> {
  const request = await findRequest(trx, key);
  if (request?.fingerprint !== key.fingerprint) {
    throw conflict('REQUEST_ID_REUSED', 'This requestId was used for another request: make a new one.');
  }
  return JSON.parse(request.answer) as Answer;
}

/**
 * The key of a request. `parameters` are what the request asks for, without a wellbeing answer: it has eleven values, and
 * a hash of so few is no secret.
 */
export function requestKey(
  viewer: Viewer,
  requestId: string,
  operation: string,
  parameters: object,
): RequestKey {
  if (requestId.length < 8 || requestId.length > 100 || !/^[\w-]+$/.test(requestId)) {
    throw badInput('requestId is 8 to 100 letters, digits, - or _, new for every request.', {
      field: 'requestId',
    });
  }
  const scope = viewer.role === 'ISSUER_STAFF' ? `issuer:${viewer.issuerId}` : viewer.role.toLowerCase();
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([operation, requestId, parameters]))
    .digest('hex');
  return { scope, requestId, fingerprint };
}
