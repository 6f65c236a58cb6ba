import { seal } from '../../../subgraphs/venues/domain/ledger.ts';
import type { Environment } from '../../../subgraphs/venues/service/environment.ts';
import { sha256 } from '../../../subgraphs/venues/store/hash.ts';

/** The cap's guard without its guard, holds included: the positive control of the races for places. */
export const withoutGuard: Environment['ledger'] = {
  async takePlaces(trx, { performanceId, redemptionId, places, at }, from = null) {
    const ofHold = from?.places ?? 0;
    const moved = await trx
      .updateTable('cap_counter')
      .set((eb) => ({
        used: eb('used', '+', places),
        held: eb('held', '-', ofHold),
        sequence: eb('sequence', '+', 1),
        changed_at: at,
      }))
      .where('performance_id', '=', performanceId)
      .returningAll()
      .executeTakeFirstOrThrow();
    const { cap, used, held, sequence, head_hash: previousHash } = moved;
    const holdId = from?.holdId ?? null;
    const heldDelta = 0 - ofHold;
    const change = { performanceId, sequence, kind: 'REDEEMED', delta: places, used, cap } as const;
    const { hash } = seal({ ...change, redemptionId, heldDelta, held, holdId, at, previousHash }, sha256);
    await trx
      .insertInto('ledger')
      .values({
        performance_id: performanceId,
        sequence,
        kind: 'REDEEMED',
        delta: places,
        used,
        cap,
        redemption_id: redemptionId,
        held_delta: heldDelta,
        held,
        hold_id: holdId,
        at,
        previous_hash: previousHash,
        hash,
      })
      .execute();
    await trx
      .updateTable('cap_counter')
      .set({ head_hash: hash })
      .where('performance_id', '=', performanceId)
      .execute();
    return { performanceId, cap, used, held, sequence, headHash: hash, changedAt: at };
  },
};
