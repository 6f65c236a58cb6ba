import { randomInt } from 'node:crypto';
import { localDate } from '../../platform/clock.ts';
import { badInput, conflict, forbidden } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Card, CardKind, HolderFacts } from '../domain/card.ts';
import { codeOf, digitBase, digitCount, type CardCode } from '../domain/code.ts';
import { issue, type Application, type IssueRefusalCode } from '../domain/issue.ts';
import { policy } from '../domain/policy.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { insertCard, insertCode } from '../store/cards.ts';
import { findIssuers } from '../store/issuers.ts';
import { findRules } from '../store/rules.ts';
import { readHolder, readId, readIssuedOn } from './input.ts';
import type { CardsServices } from './services.ts';

export interface IssueCardInput {
  readonly issuerId: string;
  readonly kind: CardKind;
  /** For a personal card; null for a community card. */
  readonly holder: HolderFacts | null;
  /** The day of handover, for a form on paper that is typed in later; today without it. */
  readonly issuedOn?: LocalDate;
  /** Only for what the product itself loads: the same id and code at every load. */
  readonly seed?: { readonly cardId: string; readonly code: CardCode };
}

export interface IssuedCard {
  readonly card: Card;
  readonly code: CardCode;
}

/**
 * An issuer gives a card. Throws BAD_INPUT, FORBIDDEN, and CARD_ALREADY_ISSUED for an id or a code that was given before;
 * whether issuer and holder may, is a refusal.
 */
export async function issueCard(
  { database, clock }: CardsServices,
  viewer: Viewer,
  input: IssueCardInput,
): Promise<IssuedCard | Refusal<IssueRefusalCode>> {
  const now = clock.now();
  const at = now.toISOString();
  const issuerId = readId('issuerId', input.issuerId);
  const application = readApplication(input, localDate(now));
  if (!policy.issueCard(viewer, issuerId) || (input.seed && viewer.role !== 'SYSTEM')) throw forbidden();
  const cardId = input.seed?.cardId ?? newId();
  const code = input.seed?.code ?? randomCode();

  return database.write(async (trx) => {
    const [issuer = null] = await findIssuers(trx, [issuerId]);
    const published = await findRules(trx, Object.values(ruleKeys));
    const rules = rulesInForce(published, application.issuedOn, issuer?.networkId ?? null);
    const decision = issue(application, issuer, rules);
    if (isRefusal(decision)) return decision;

    const card: Card = { id: cardId, status: 'ACTIVE', issuerId, ...decision };
    const stored =
      (await insertCard(trx, card, { holderId: newId(), at })) && (await insertCode(trx, code, cardId, at));
    if (!stored) throw conflict('CARD_ALREADY_ISSUED', 'A card with this id or code was issued before.');
    const { kind, issuedOn } = card;
    await appendEvent(trx, { topic: 'card.issued', payload: { cardId, kind, issuedOn } }, at);
    return { card, code };
  });
}

function readApplication({ kind, holder, issuedOn }: IssueCardInput, today: LocalDate): Application {
  const day = readIssuedOn(issuedOn, today);
  if (kind === 'PERSONAL' && holder !== null)
    return { kind, issuedOn: day, holder: readHolder(holder, today) };
  if (kind === 'COMMUNITY' && holder === null) return { kind, issuedOn: day };
  throw badInput('A personal card has a holder, a community card has none.', { field: 'holder' });
}

/** 55 random bits: nobody guesses a code, and two never meet. */
function randomCode(): CardCode {
  return codeOf(Array.from({ length: digitCount }, () => randomInt(digitBase)));
}
