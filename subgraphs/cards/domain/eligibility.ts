import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { CardRules } from './rules.ts';
import { yearOf } from './validity.ts';

/** The public fact that cards need of an issuer: in which calendar years it takes part, and in which network. */
export interface Issuer {
  readonly id: string;
  readonly networkId: string | null;
  readonly years: readonly number[];
}

/**
 * A holder is 16 or turns 16 in the year of issue, so the birth year is enough; tight money is the client's own word.
 * Refuses HOLDER_TOO_YOUNG with the youngest age. Source: policy_rules.csv eligibility.min_age and public terms 2025.
 */
export function checkAge(
  birthYear: number,
  rules: CardRules,
  issuedOn: LocalDate,
): Refusal<'HOLDER_TOO_YOUNG'> | null {
  const { value: minAge, rule } = rules.minAge;
  return yearOf(issuedOn) - birthYear >= minAge ? null : refuse('HOLDER_TOO_YOUNG', { minAge }, rule);
}

/** An issuer gives cards only in the years in which it takes part. Refuses ISSUER_NOT_TAKING_PART with the year. */
export function checkIssuer(
  issuer: Issuer | null,
  issuedOn: LocalDate,
): Refusal<'ISSUER_NOT_TAKING_PART'> | null {
  const year = yearOf(issuedOn);
  return issuer?.years.includes(year) === true ? null : refuse('ISSUER_NOT_TAKING_PART', { year });
}

/**
 * The holder's home municipality is in a network, whichever: the worker asks, and the answer is not stored.
 * Refuses HOME_OUTSIDE_NETWORKS. Source: issue 4, "home municipality in a network".
 */
export function checkHome(homeInNetwork: boolean): Refusal<'HOME_OUTSIDE_NETWORKS'> | null {
  return homeInNetwork ? null : refuse('HOME_OUTSIDE_NETWORKS');
}
