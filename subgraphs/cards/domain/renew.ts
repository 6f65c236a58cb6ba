import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import { hasEnded, type Card } from './card.ts';
import { checkIssuer, type Issuer } from './eligibility.ts';
import type { RenewRefusalCode } from './register-codes.ts';
import type { CardRules } from './rules.ts';
import { validUntil } from './validity.ts';

export interface Renewal {
  readonly handedOn: LocalDate;
  readonly validUntil: LocalDate;
}

/**
 * The unit that gave a card renews it, valid or expired, from the day of handover by the rule of that day. A suspended card
 * is resumed first. Refuses CARD_MERGED, CARD_NOT_IN_USE, CARD_SUSPENDED, ISSUER_NOT_TAKING_PART, PILOT_ENDED, and RENEWAL_CHANGES_NOTHING
 * when the card would end no later than it does. Source: domain.md "Cards and holders".
 */
export function renew(
  card: Card,
  issuer: Issuer | null,
  rules: CardRules,
  handedOn: LocalDate,
): Renewal | Refusal<RenewRefusalCode> {
  if (card.status === 'MERGED') return refuse('CARD_MERGED');
  if (hasEnded(card)) return refuse('CARD_NOT_IN_USE');
  if (card.status === 'SUSPENDED') return refuse('CARD_SUSPENDED');
  const refusal = checkIssuer(issuer, handedOn);
  if (refusal) return refusal;
  const lastDay = validUntil(handedOn, rules.pilotEnd);
  if (isRefusal(lastDay)) return lastDay;
  if (lastDay <= card.validUntil) {
    return refuse('RENEWAL_CHANGES_NOTHING', { validUntil: card.validUntil }, rules.pilotEnd.rule);
  }
  return { handedOn, validUntil: lastDay };
}
