import type { Clock } from '../../platform/clock.ts';
import type { Live } from '../../platform/live/index.ts';
import type { VenuesDatabase } from '../store/database.ts';
import { coverFee } from '../store/fee-uses.ts';
import { takePlaces } from '../store/ledger.ts';
import { takeVisit } from '../store/passes.ts';
import { sharedReads, type SharedReads } from './shared-reads.ts';
import { redeemTogether, type RedeemTogether, type RedeemTogetherOptions } from './redeem-together.ts';

/** What the use cases of this subgraph stand on. */
export interface Environment {
  readonly database: VenuesDatabase;
  readonly live: Live;
  readonly clock: Clock;
  /** The guard of the cap. A part of its own so that a test can take it away and see the oversell that it prevents. */
  readonly ledger: { readonly takePlaces: typeof takePlaces };
  readonly reads: SharedReads;
  /** Where ordinary redemptions of many doors are stored; null: each alone. */
  readonly together: RedeemTogether | null;
  /** The guards of a pass's visits and of a year's fees, for the same reason. */
  readonly uses: { readonly takeVisit: typeof takeVisit; readonly coverFee: typeof coverFee };
}

export function environment(
  parts: Omit<Environment, 'ledger' | 'uses' | 'together' | 'reads'>,
  options: RedeemTogetherOptions = {},
): Environment {
  const reads = sharedReads(parts.database.reader);
  const arriving = (): Promise<void> | undefined => reads.atDoor.underWay();
  const together = redeemTogether(parts.database, { arriving, ...options });
  return { ...parts, reads, together, ledger: { takePlaces }, uses: { takeVisit, coverFee } };
}

export const performanceKey = (performanceId: string): string => `performance:${performanceId}`;
export const venueKey = (venueId: string): string => `venue:${venueId}`;

/** After the commit: whoever watches this performance or its venue looks again. */
export function ring(live: Live, performance: { readonly id: string; readonly venueId: string }): void {
  live.put(performanceKey(performance.id));
  live.put(venueKey(performance.venueId));
}
