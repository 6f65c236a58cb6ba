import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { CardKind, HolderFacts } from './card.ts';
import { checkAge, checkIssuer, type Issuer } from './eligibility.ts';
import type { CardRules } from './rules.ts';
import { validUntil } from './validity.ts';

/** What an issuer asks for: a holder's facts for a personal card, none for a community card. */
export type Application =
  | { readonly kind: 'PERSONAL'; readonly issuedOn: LocalDate; readonly holder: HolderFacts }
  | { readonly kind: 'COMMUNITY'; readonly issuedOn: LocalDate };

export interface Issue {
  readonly kind: CardKind;
  readonly issuedOn: LocalDate;
  readonly validUntil: LocalDate;
  readonly holder: HolderFacts | null;
}

export type IssueRefusalCode = 'ISSUER_NOT_TAKING_PART' | 'HOLDER_TOO_YOUNG' | 'PILOT_ENDED';

/** Decides whether this issuer may give this card on this day, and until when it is valid. */
export function issue(
  application: Application,
  issuer: Issuer | null,
  rules: CardRules,
): Issue | Refusal<IssueRefusalCode> {
  const { kind, issuedOn } = application;
  const holder = application.kind === 'PERSONAL' ? application.holder : null;
  const refusal = checkIssuer(issuer, issuedOn) ?? (holder && checkAge(holder.birthYear, rules, issuedOn));
  if (refusal) return refusal;
  const lastDay = validUntil(issuedOn, rules.pilotEnd);
  return isRefusal(lastDay) ? lastDay : { kind, issuedOn, validUntil: lastDay, holder };
}
