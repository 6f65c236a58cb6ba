import type { LedgerEntry } from '../domain/ledger.ts';
import type { VenuesReader } from './database.ts';
import type { LedgerTable } from './tables.ts';

/** The ledgers of these performances, each in order of sequence. */
export async function findLedgers(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('performance_id', 'in', performanceIds)
    .orderBy('performance_id')
    .orderBy('sequence')
    .execute();
  return rows.map(toEntry);
}

export function toRow(entry: LedgerEntry): LedgerTable {
  const { performanceId, sequence, kind, delta, used, cap, redemptionId, at, previousHash, hash } = entry;
  const { heldDelta, held, holdId } = entry;
  return {
    performance_id: performanceId,
    sequence,
    kind,
    delta,
    used,
    cap,
    redemption_id: redemptionId,
    held_delta: heldDelta,
    held,
    hold_id: holdId,
    at,
    previous_hash: previousHash,
    hash,
  };
}

function toEntry(row: LedgerTable): LedgerEntry {
  const { performance_id, sequence, kind, delta, used, cap, redemption_id, at, previous_hash, hash } = row;
  const { held_delta, held, hold_id } = row;
  return {
    performanceId: performance_id,
    sequence,
    kind,
    delta,
    used,
    cap,
    redemptionId: redemption_id,
    heldDelta: held_delta,
    held,
    holdId: hold_id,
    at,
    previousHash: previous_hash,
    hash,
  };
}
