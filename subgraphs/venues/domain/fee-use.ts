import { localDate } from '../../platform/clock.ts';
import { badInput } from '../../platform/errors.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Cents, IsoInstant } from '../../platform/units.ts';
import type { FeeKind, FeeLimit } from './fee.ts';
import type { RedemptionStatus } from './words.ts';

/** A fee that a card covered. */
export interface FeeUse {
  readonly kind: 'feeUse';
  readonly id: string;
  readonly venueId: string;
  readonly offeringId: string;
  readonly cardId: string;
  readonly feeKind: FeeKind;
  /** The whole fee. */
  readonly cents: Cents;
  /** Of it on the card; the holder pays the rest. */
  readonly coveredCents: Cents;
  /** Calendar year in Helsinki. */
  readonly year: number;
  readonly recordedAt: IsoInstant;
  readonly status: RedemptionStatus;
  readonly cancelledAt: IsoInstant | null;
}

const highestFee: Cents = 1_000_000;

/** A fee in whole cents, from 1. Throws BAD_INPUT. */
export function checkCents(cents: number): void {
  if (Number.isInteger(cents) && cents >= 1 && cents <= highestFee) return;
  throw badInput(`cents is a whole number from 1 to ${highestFee}.`, { least: 1, most: highestFee });
}

/** What the card covers of one fee: up to the limit of one use, as with the ceiling of a course's fee. */
export const coveredOf = ({ perUseCents }: FeeLimit, cents: Cents): Cents => Math.min(cents, perUseCents);

export const yearOf = (at: IsoInstant): number => Number(localDate(at).slice(0, 4));

/** The limit of the year has no room for this fee: `used` is what the card has covered already. All amounts in cents. */
export function feeLimitReached(
  { fee, perYearCents }: FeeLimit,
  used: Cents,
  wanted: Cents,
  year: number,
): Refusal<'FEE_LIMIT_REACHED'> {
  const allowed = perYearCents ?? 0;
  return refuse('FEE_LIMIT_REACHED', { fee, year, allowed, used, left: Math.max(0, allowed - used), wanted });
}
