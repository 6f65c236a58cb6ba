import type { Cents } from '../../platform/units.ts';
import { checkNumber } from './check-values.ts';
import { problem, type Problem } from './problem.ts';

/** Fees that a library takes on the card. */
export const feeKinds = ['INTERLIBRARY_LOAN', 'LATE_FEE', 'COPYING', 'OTHER'] as const;
export type FeeKind = (typeof feeKinds)[number];

/** How much of one fee the card covers, in cents: at one use, and of one card in a calendar year. */
export interface FeeLimit {
  readonly fee: FeeKind;
  readonly perUseCents: Cents;
  /** Null: no limit of the year. */
  readonly perYearCents: Cents | null;
}

const highest: Cents = 1_000_000;

/** Each fee once, and a year that holds at least one use. */
export function checkFees(fees: readonly FeeLimit[]): Problem[] {
  return fees.flatMap(({ fee, perUseCents, perYearCents }, index) => {
    const field = `feeLimits[${index}]`;
    if (fees.findIndex((other) => other.fee === fee) < index)
      return [problem('TOO_MANY', field, { most: 1 })];
    return [
      ...checkNumber(perUseCents, `${field}.perUseCents`, 1, highest),
      ...checkNumber(perYearCents, `${field}.perYearCents`, perUseCents, highest),
    ];
  });
}
