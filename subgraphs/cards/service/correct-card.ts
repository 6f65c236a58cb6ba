import { localDate } from '../../platform/clock.ts';
import { badInput } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { correctReasons, type Background, type Card, type CorrectReason } from '../domain/card.ts';
import { correct } from '../domain/correct.ts';
import type { ChangeRefusalCode } from '../domain/register-codes.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { setHolder } from '../store/cards.ts';
import { appendChange } from '../store/changes.ts';
import { findIssuers } from '../store/issuers.ts';
import { findRules } from '../store/rules.ts';
import { findOwnCard } from './card-status.ts';
import { readHolder, readId, readWord } from './input.ts';
import type { CardsServices } from './services.ts';

export interface CorrectCardInput {
  readonly cardId: string;
  readonly reason: CorrectReason;
  /** What is right; a fact that is left out stays as it is. */
  readonly birthYear?: number | null | undefined;
  readonly postcode?: string | null | undefined;
  readonly children?: number | null | undefined;
  readonly grandchildren?: number | null | undefined;
  readonly background?: readonly Background[] | null | undefined;
}

/**
 * The unit that gave a card writes down what was wrong. The history keeps which facts were corrected and why, never what
 * stood there before. Doing it twice changes nothing. Throws BAD_INPUT, NOT_FOUND.
 */
export async function correctCard(
  { database, clock }: CardsServices,
  viewer: Viewer,
  input: CorrectCardInput,
): Promise<Card | Refusal<ChangeRefusalCode>> {
  const id = readId('cardId', input.cardId);
  const reason = readWord('reason', input.reason, correctReasons);
  const { birthYear, postcode, children, grandchildren, background } = input;
  const changes = Object.fromEntries(
    Object.entries({ birthYear, postcode, children, grandchildren, background }).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  );
  if (Object.keys(changes).length === 0)
    throw badInput('Say at least one fact that is to be corrected.', { field: 'birthYear' });
  const now = clock.now();
  const at = now.toISOString();
  return database.write(async (trx) => {
    const card = await findOwnCard(trx, viewer, id);
    if (!card.holder) return refuse(card.status === 'MERGED' ? 'CARD_MERGED' : 'CARD_HAS_NO_HOLDER');
    const holder = readHolder({ ...card.holder, ...changes }, localDate(now));
    const [issuer] = await findIssuers(trx, [card.issuerId]);
    const published = await findRules(trx, Object.values(ruleKeys));
    const rules = rulesInForce(published, card.issuedOn, issuer?.networkId ?? null);
    // All facts, so that an emptied background is a change too.
    const correction = correct(card, { background: [], ...holder }, rules);
    if (isRefusal(correction)) return correction;
    const { fields } = correction;
    if (fields.length > 0) {
      await setHolder(trx, id, correction.holder);
      await appendChange(trx, id, { kind: 'CORRECTED', reason, fields, at });
    }
    return { ...card, holder };
  });
}
