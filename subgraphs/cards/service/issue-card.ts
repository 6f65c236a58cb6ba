import { localDate } from '../../platform/clock.ts';
import { badInput, conflict, forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, type Refusal, type RuleReference } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Card, CardKind, HolderFacts } from '../domain/card.ts';
import type { CardCode } from '../domain/code.ts';
import { issue, type Application } from '../domain/issue.ts';
import { policy } from '../domain/policy.ts';
import type { IssueRefusalCode } from '../domain/register-codes.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { validityBasis, yearOf, type ValidityBasis } from '../domain/validity.ts';
import { findCard, insertCard } from '../store/cards.ts';
import type { CardsTransaction } from '../store/database.ts';
import { applyFigure, monthOf } from '../store/figure-deltas.ts';
import { findIssuers } from '../store/issuers.ts';
import { appendPeriod } from '../store/periods.ts';
import { findRules } from '../store/rules.ts';
import { decide } from './decide.ts';
import { countingMisses, refusedWith } from './desk-attempts.ts';
import { readHolder, readId, readIssuedOn, readTold, readTypedCode } from './input.ts';
import { once, requestKey } from './once.ts';
import { giveCode, type WantedCode } from './printed-code.ts';
import {
  readNoWellbeing,
  readWellbeing,
  type WellbeingAnswers,
  type WellbeingInput,
} from './read-wellbeing.ts';
import type { CardsServices } from './services.ts';
import { recordWellbeing } from './wellbeing.ts';

export interface IssueCardInput {
  readonly issuerId: string;
  readonly kind: CardKind;
  /** For a personal card; null for a community card. */
  readonly holder: HolderFacts | null;
  /** Whether the home municipality is in a network. Asked for a personal card, and not stored. */
  readonly homeInNetwork?: boolean | null | undefined;
  /** Answered or declined; for a personal card only. */
  readonly wellbeing?: WellbeingInput | null | undefined;
  /** That the holder was told not to leave a ticket unused without telling the venue: must be true. */
  readonly toldNotToLeaveUnused?: boolean | null | undefined;
  /** The day of handover, for a form on paper that is typed in later; today without it. */
  readonly issuedOn?: LocalDate | null | undefined;
  /** The code of a printed card of the unit; a new code without it. */
  readonly printedCode?: string | null | undefined;
  /** Idempotency key; needed by everybody but the product's own loading. */
  readonly requestId?: string;
  /** Only for what the product itself loads: the same id and code at every load. */
  readonly seed?: { readonly cardId: string; readonly code: CardCode };
}

/** A card as it was issued or renewed, with the rule that its last day comes from. */
export interface IssuedCard {
  readonly card: Card;
  readonly code: CardCode;
  readonly validUntil: LocalDate;
  readonly basis: ValidityBasis;
  readonly rule: RuleReference | null;
}

type Answer = Omit<IssuedCard, 'card'> & { readonly cardId: string };

interface Wish {
  readonly issuerId: string;
  readonly cardId: string;
  readonly application: Application;
  readonly code: WantedCode;
  readonly wellbeing: WellbeingAnswers | null;
}

/**
 * An issuer gives a card. Throws BAD_INPUT, FORBIDDEN, REQUEST_ID_REUSED, and CARD_ALREADY_ISSUED for a seed that is there;
 * whether issuer and holder may, and whether a printed code is free, is a refusal.
 */
export async function issueCard(
  services: CardsServices,
  viewer: Viewer,
  input: IssueCardInput,
): Promise<IssuedCard | Refusal<IssueRefusalCode>> {
  const { database, clock } = services;
  const issuerId = readId('issuerId', input.issuerId);
  const application = readApplication(input, localDate(clock.now()));
  const at = clock.now().toISOString();
  const { seed } = input;
  if (!policy.issueCard(viewer, issuerId) || (seed && viewer.role !== 'SYSTEM')) throw forbidden();
  const register = (trx: CardsTransaction, wish: Wish): ReturnType<typeof registerCard> =>
    registerCard(services, trx, wish, at);

  let answer: Answer | Refusal<IssueRefusalCode>;
  if (seed) {
    const code: WantedCode = { kind: 'SEED', code: seed.code };
    const wish: Wish = { issuerId, application, cardId: seed.cardId, code, wellbeing: null };
    answer = await decide(database, (trx) => register(trx, wish));
    if (isRefusal(answer) && answer.code === 'CODE_ALREADY_ISSUED') throw alreadyIssued();
  } else {
    const wish: Wish = { issuerId, application, cardId: newId(), ...readDesk(input, issuerId) };
    const { printedCode } = input;
    const key = requestKey(viewer, input.requestId ?? '', 'issueCard', {
      issuerId,
      application,
      printedCode,
    });
    const hand = (): ReturnType<typeof register> => once(database, key, at, (trx) => register(trx, wish));
    answer =
      wish.code.kind === 'PRINTED'
        ? await countingMisses(services, viewer, refusedWith('CODE_NOT_PRINTED'), hand)
        : await hand();
  }
  if (isRefusal(answer)) return answer;
  const { cardId, ...issued } = answer;
  const card = await findCard(database.reader, cardId);
  if (!card) throw notFound('card', cardId);
  return { card, ...issued };
}

/** Everything that one handover writes, in one transaction. */
async function registerCard(
  services: CardsServices,
  trx: CardsTransaction,
  { issuerId, cardId, application, code: wanted, wellbeing }: Wish,
  at: string,
): Promise<Answer | Refusal<IssueRefusalCode>> {
  const [issuer = null] = await findIssuers(trx, [issuerId]);
  const networkId = issuer?.networkId ?? null;
  const published = await findRules(trx, Object.values(ruleKeys));
  const rules = rulesInForce(published, application.issuedOn, networkId);
  const decision = issue(application, issuer, rules);
  if (isRefusal(decision)) return decision;

  const { kind, issuedOn, validUntil } = decision;
  const card: Card = { id: cardId, status: 'ACTIVE', issuerId, ...decision };
  if (!(await insertCard(trx, card, { holderId: newId(), at }))) throw alreadyIssued();
  const code = await giveCode(trx, wanted, cardId, at);
  if (isRefusal(code)) return code;
  await appendPeriod(trx, cardId, {
    event: 'ISSUED',
    issuerId,
    handedOn: issuedOn,
    enteredAt: at,
    validFrom: issuedOn,
    validUntil,
  });
  await applyFigure(trx, { issuerId, networkId, month: monthOf(issuedOn), figure: 'ISSUED', delta: 1 });
  if (wellbeing) {
    const year = yearOf(issuedOn);
    const record = { cardId, issuerId, networkId, year, occasion: 'ISSUE', at } as const;
    await recordWellbeing(trx, services, { ...record, ...wellbeing });
  }
  await appendEvent(trx, { topic: 'card.issued', payload: { cardId, kind, issuedOn } }, at);
  const basis = validityBasis(validUntil, rules.pilotEnd);
  return { cardId, code, validUntil, basis, rule: basis === 'PILOT_END' ? rules.pilotEnd.rule : null };
}

function readApplication(input: IssueCardInput, today: LocalDate): Application {
  const { kind, holder, homeInNetwork } = input;
  const issuedOn = readIssuedOn(input.issuedOn ?? undefined, today);
  if (kind === 'COMMUNITY' && holder === null) return { kind, issuedOn };
  if (kind !== 'PERSONAL' || holder === null)
    throw badInput('A personal card has a holder, a community card has none.', { field: 'holder' });
  const facts = readHolder(holder, today);
  if (input.seed) return { kind, issuedOn, holder: facts };
  if (typeof homeInNetwork !== 'boolean') {
    throw badInput('homeInNetwork says whether the home municipality is in a network: true or false.', {
      field: 'homeInNetwork',
    });
  }
  return { kind, issuedOn, holder: facts, homeInNetwork };
}

/** What the worker does and asks at the desk, beside the facts of the holder. */
function readDesk(input: IssueCardInput, issuerId: string): Pick<Wish, 'code' | 'wellbeing'> {
  readTold(input.toldNotToLeaveUnused);
  const typed = input.printedCode ?? null;
  const code: WantedCode =
    typed === null
      ? { kind: 'NEW' }
      : { kind: 'PRINTED', typed: readTypedCode(typed, 'printedCode'), issuerId };
  if (input.kind === 'PERSONAL') return { code, wellbeing: readWellbeing(input.wellbeing, 'ISSUE') };
  readNoWellbeing(input.wellbeing);
  return { code, wellbeing: null };
}

function alreadyIssued(): Error {
  return conflict('CARD_ALREADY_ISSUED', 'A card with this id or code was issued before.');
}
