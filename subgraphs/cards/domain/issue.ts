import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { CardKind, HolderFacts } from './card.ts';
import { checkAge, checkHome, checkIssuer, type Issuer } from './eligibility.ts';
import type { CardRules } from './rules.ts';
import { validUntil } from './validity.ts';

/** What an issuer asks for: a holder's facts for a personal card, none for a community card. */
export type Application =
  | {
      readonly kind: 'PERSONAL';
      readonly issuedOn: LocalDate;
      readonly holder: HolderFacts;
      /** Whether the home municipality is in a network; true when left out. Asked, and not stored. */
      readonly homeInNetwork?: boolean;
    }
  | { readonly kind: 'COMMUNITY'; readonly issuedOn: LocalDate };

export interface Issue {
  readonly kind: CardKind;
  readonly issuedOn: LocalDate;
  readonly validUntil: LocalDate;
  readonly holder: HolderFacts | null;
}

export type IssueRuleCode =
  'ISSUER_NOT_TAKING_PART' | 'HOLDER_TOO_YOUNG' | 'HOME_OUTSIDE_NETWORKS' | 'PILOT_ENDED';

/** Decides whether this issuer may give this card on this day, and until when it is valid. */
export function issue(
  application: Application,
  issuer: Issuer | null,
  rules: CardRules,
): Issue | Refusal<IssueRuleCode> {
  const { kind, issuedOn } = application;
  const holder = application.kind === 'PERSONAL' ? application.holder : null;
  const atHome = application.kind === 'COMMUNITY' || (application.homeInNetwork ?? true);
  const refusal =
    checkIssuer(issuer, issuedOn) ??
    (holder && checkAge(holder.birthYear, rules, issuedOn)) ??
    checkHome(atHome);
  if (refusal) return refusal;
  const lastDay = validUntil(issuedOn, rules.pilotEnd);
  return isRefusal(lastDay) ? lastDay : { kind, issuedOn, validUntil: lastDay, holder };
}
