import { appendEvent } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { FeeUse } from '../domain/fee-use.ts';
import { findFeeUse, undoFeeUse } from '../store/fee-uses.ts';
import type { Environment } from './environment.ts';
import { undoUse } from './undo-use.ts';
import { feeCancelled } from './visit-events.ts';

export interface UndoFeeInput {
  readonly feeUseId: string;
  readonly requestId: string;
}

/** A fee that was recorded by mistake: the year of the card has its cents back. Throws as `undoUse`. */
export function undoFee(
  env: Environment,
  viewer: Viewer,
  { feeUseId, requestId }: UndoFeeInput,
): Promise<FeeUse> {
  return undoUse(env, viewer, {
    type: 'FeeUse',
    id: feeUseId,
    requestId,
    wish: 'undoFee',
    kinds: ['FEE_BENEFIT'],
    find: findFeeUse,
    undo: async (trx, place, now) => {
      const undone = await undoFeeUse(trx, feeUseId, now);
      if (undone) await appendEvent(trx, feeCancelled(undone, place, now), now);
    },
  });
}
