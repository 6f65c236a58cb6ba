import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { isRefusal, refuse, type Refusal, type RuleReference } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Card } from '../domain/card.ts';
import { parseCode } from '../domain/code.ts';
import { policy } from '../domain/policy.ts';
import type { RenewRefusalCode } from '../domain/register-codes.ts';
import { renew } from '../domain/renew.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { validityBasis, yearOf, type ValidityBasis } from '../domain/validity.ts';
import { findCard, findCardByCode, lockCard, setValidUntil } from '../store/cards.ts';
import type { CardsReader, CardsTransaction } from '../store/database.ts';
import { applyFigure, monthOf } from '../store/figure-deltas.ts';
import { findIssuers } from '../store/issuers.ts';
import { appendPeriod } from '../store/periods.ts';
import { findRules } from '../store/rules.ts';
import { countingMisses, refusedWith } from './desk-attempts.ts';
import { readId, readIssuedOn, readTold, readTypedCode } from './input.ts';
import { once, requestKey } from './once.ts';
import {
  readNoWellbeing,
  readWellbeing,
  type WellbeingAnswers,
  type WellbeingInput,
} from './read-wellbeing.ts';
import type { CardsServices } from './services.ts';
import { recordWellbeing } from './wellbeing.ts';

export interface RenewCardInput {
  /** Either the card's id, from the unit's own list, or its code, from the card that the client brings. */
  readonly cardId?: string | null | undefined;
  readonly code?: string | null | undefined;
  /** The day of the renewal, for a form on paper that is typed in later; today without it. */
  readonly handedOn?: LocalDate | null | undefined;
  readonly wellbeing?: WellbeingInput | null | undefined;
  readonly toldNotToLeaveUnused?: boolean | null | undefined;
  readonly requestId: string;
}

export interface RenewedCard {
  readonly card: Card;
  readonly validUntil: LocalDate;
  readonly basis: ValidityBasis;
  readonly rule: RuleReference | null;
}

type Answer = Omit<RenewedCard, 'card'> & { readonly cardId: string };

/**
 * The unit that gave a card renews it. Another unit that types the code hears RENEW_AT_ISSUING_UNIT, as for a code that no
 * card has, and not which unit it is: where somebody is a client is the most sensitive fact of the register. Throws BAD_INPUT, FORBIDDEN, NOT_FOUND,
 * REQUEST_ID_REUSED.
 */
export async function renewCard(
  services: CardsServices,
  viewer: Viewer,
  input: RenewCardInput,
): Promise<RenewedCard | Refusal<RenewRefusalCode>> {
  const { database, clock } = services;
  const now = clock.now();
  const at = now.toISOString();
  readTold(input.toldNotToLeaveUnused);
  const handedOn = readIssuedOn(input.handedOn ?? undefined, localDate(now), 'handedOn');
  const wanted = readWhich(input);
  if (!policy.workAtDesk(viewer)) throw forbidden();

  const find = (): ReturnType<typeof findOwn> => findOwn(database.reader, viewer, wanted);
  const found =
    wanted.kind === 'ID'
      ? await find()
      : await countingMisses(services, viewer, refusedWith('RENEW_AT_ISSUING_UNIT'), find);
  if (isRefusal(found)) return found;
  const wellbeing = readAsked(found, input.wellbeing);
  const key = requestKey(viewer, input.requestId, 'renewCard', { cardId: found.id, handedOn });
  const answer = await once(database, key, at, (trx) =>
    renewOwn(services, trx, { cardId: found.id, handedOn, wellbeing, at }),
  );
  if (isRefusal(answer)) return answer;
  const { cardId, ...renewed } = answer;
  const card = await findCard(database.reader, cardId);
  if (!card) throw notFound('card', cardId);
  return { card, ...renewed };
}

async function renewOwn(
  services: CardsServices,
  trx: CardsTransaction,
  wish: {
    readonly cardId: string;
    readonly handedOn: LocalDate;
    readonly wellbeing: WellbeingAnswers | null;
    readonly at: string;
  },
): Promise<Answer | Refusal<RenewRefusalCode>> {
  const { cardId, handedOn, wellbeing, at } = wish;
  const card = await lockCard(trx, cardId);
  if (!card) throw notFound('card', cardId);
  const { issuerId, kind } = card;
  const [issuer = null] = await findIssuers(trx, [issuerId]);
  const networkId = issuer?.networkId ?? null;
  const rules = rulesInForce(await findRules(trx, Object.values(ruleKeys)), handedOn, networkId);
  const decision = renew(card, issuer, rules, handedOn);
  if (isRefusal(decision)) return decision;

  const { validUntil } = decision;
  await setValidUntil(trx, cardId, validUntil);
  const days = { handedOn, enteredAt: at, validFrom: handedOn, validUntil };
  await appendPeriod(trx, cardId, { event: 'RENEWED', issuerId, ...days });
  await applyFigure(trx, { issuerId, networkId, month: monthOf(handedOn), figure: 'RENEWED', delta: 1 });
  if (wellbeing) {
    const record = { cardId, issuerId, networkId, year: yearOf(handedOn), occasion: 'RENEWAL', at } as const;
    await recordWellbeing(trx, services, { ...record, ...wellbeing });
  }
  const payload = { cardId, kind, renewedOn: handedOn, validUntil };
  await appendEvent(trx, { topic: 'card.renewed', payload }, at);
  const basis = validityBasis(validUntil, rules.pilotEnd);
  return { cardId, validUntil, basis, rule: basis === 'PILOT_END' ? rules.pilotEnd.rule : null };
}

type Wanted =
  { readonly kind: 'ID'; readonly id: string } | { readonly kind: 'CODE'; readonly typed: string };

function readWhich({ cardId, code }: RenewCardInput): Wanted {
  const [id, typed] = [cardId ?? null, code ?? null];
  if (id !== null && typed === null) return { kind: 'ID', id: readId('cardId', id) };
  if (typed !== null && id === null) return { kind: 'CODE', typed: readTypedCode(typed) };
  throw badInput('Say either cardId or code: which card is renewed.', { field: 'cardId' });
}

/** The own card that is meant. A code that no card has and a card of another unit are answered alike. */
async function findOwn(
  db: CardsReader,
  viewer: Viewer,
  wanted: Wanted,
): Promise<Card | Refusal<'CARD_CODE_MISTYPED' | 'RENEW_AT_ISSUING_UNIT'>> {
  if (wanted.kind === 'ID') {
    const card = await findCard(db, wanted.id);
    if (!card || !policy.changeCard(viewer, card)) throw notFound('card', wanted.id);
    return card;
  }
  const code = parseCode(wanted.typed);
  if (isRefusal(code)) return code;
  const card = await findCardByCode(db, code);
  return card && policy.changeCard(viewer, card) ? card : refuse('RENEW_AT_ISSUING_UNIT');
}

/** A holder is asked again at every renewal; a community has nobody to ask. */
function readAsked(card: Card, wellbeing: WellbeingInput | null | undefined): WellbeingAnswers | null {
  if (card.kind === 'PERSONAL') return readWellbeing(wellbeing, 'RENEWAL');
  readNoWellbeing(wellbeing);
  return null;
}
