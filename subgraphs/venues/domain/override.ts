import { badInput } from '../../platform/errors.ts';
import { isSoft, softLimits, type LimitName, type SoftLimit } from './limits/index.ts';

/** Why a venue set a soft limit aside: about the house, never about the person. No free text, so nothing personal can be in it. */
export const overrideReasons = [
  'PLACES_LEFT',
  'AGREED_BEFOREHAND',
  'COMES_WITH_CHILD',
  'OUR_MISTAKE',
  'RECORDED_LATER',
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

export interface Override {
  readonly limit: SoftLimit;
  readonly reason: OverrideReason;
}

/** Each soft limit at most once, with a known reason. Throws BAD_INPUT; a hard limit is no input at all. */
export function checkOverrides(overrides: readonly Override[]): ReadonlySet<LimitName> {
  const seen = new Set<LimitName>();
  for (const { limit, reason } of overrides) {
    if (!isSoft(limit)) throw badInput(`Only these limits can be set aside: ${softLimits.join(', ')}.`);
    if (!overrideReasons.includes(reason))
      throw badInput(`A reason is one of ${overrideReasons.join(', ')}.`);
    if (seen.has(limit)) throw badInput('Each limit may be set aside once.', { limit });
    seen.add(limit);
  }
  return seen;
}
