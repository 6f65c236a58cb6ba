import { notFound } from '../../platform/errors.ts';
import { venuesOfPasses, type AuditFault } from '../store/audits.ts';
import { inChunks } from '../store/chunks.ts';
import type { VenuesDatabase, VenuesReader } from '../store/database.ts';
import { countFeeYears, wrongFeeYears } from '../store/fee-years-recount.ts';
import { sha256 } from '../store/hash.ts';
import { findPerformances } from '../store/offerings.ts';
import { findPools } from '../store/pool-rows.ts';
import { findVenues } from '../store/venues.ts';
import { verifyLedger, type VerifiedPart } from './verify-ledger.ts';
import { verifyPasses } from './verify-passes.ts';
import { verifyPools } from './verify-pools.ts';

export interface VerifiedReport {
  readonly performances: number;
  readonly sharedCaps: number;
  readonly passes: number;
  /** Years of a card's fees of one kind. */
  readonly feeYears: number;
  /** Of all ledgers together. */
  readonly entries: number;
  readonly faults: readonly AuditFault[];
  /**
   * One hash for all performances' ledgers: over the newest hash of each, in order of their ids. Nobody changes an entry
   * without changing it.
   */
  readonly head: string;
}

/**
 * Recounts every ledger of a part, or of everything: the caps of performances, and the shared caps, passes and years of
 * fees (of a venue and of everything). Throws NOT_FOUND for a performance or a venue that is not there.
 */
export async function verifyEverything(
  database: VenuesDatabase,
  part: VerifiedPart = {},
): Promise<VerifiedReport> {
  const db = database.reader;
  await checkPart(db, part);
  let head = '';
  const ledgers = await verifyLedger(database, part, (performanceId, headHash) => {
    head = sha256(`${head}\n${performanceId}\n${headHash}`);
  });
  const isOne = (part.performanceId ?? null) !== null;
  const ofVenue = { venueId: part.venueId ?? null };
  const pools = isOne ? { pools: 0, changes: 0, faults: [] } : await verifyPools(database, ofVenue);
  const passes = isOne ? { passes: 0, entries: 0, faults: [] } : await verifyPasses(database, ofVenue);
  const fees = isOne ? { feeYears: 0, faults: [] } : await verifyFees(db, ofVenue.venueId);
  const found = [
    ...ledgers.faults.map(({ performanceId, ...fault }) => ({
      ...fault,
      kind: 'PERFORMANCE' as const,
      subjectId: performanceId,
    })),
    ...pools.faults.map(({ poolId, ...fault }) => ({
      ...fault,
      kind: 'SHARED_CAP' as const,
      subjectId: poolId,
    })),
    ...passes.faults.map(({ passId, ...fault }) => ({
      ...fault,
      kind: 'PASS' as const,
      subjectId: passId,
    })),
  ];
  return {
    performances: ledgers.performances,
    sharedCaps: pools.pools,
    passes: passes.passes,
    feeYears: fees.feeYears,
    entries: ledgers.entries + pools.changes + passes.entries,
    faults: [...(await withVenues(db, found)), ...fees.faults],
    head,
  };
}

/** A year of fees has no chain: it is the sum of its fees, or it is wrong. */
async function verifyFees(
  db: VenuesReader,
  venueId: string | null,
): Promise<{ readonly feeYears: number; readonly faults: readonly AuditFault[] }> {
  const wrong = await wrongFeeYears(db, venueId);
  return {
    feeYears: await countFeeYears(db, venueId),
    faults: wrong.map(({ offeringId: subjectId, venueId: whose, ...facts }) => ({
      kind: 'FEE_BENEFIT',
      subjectId,
      venueId: whose,
      code: 'FEE_YEAR_DIFFERS',
      facts,
    })),
  };
}

async function checkPart(db: VenuesReader, { performanceId, venueId }: VerifiedPart): Promise<void> {
  if (performanceId && (await findPerformances(db, [performanceId])).length === 0) {
    throw notFound('Performance', performanceId);
  }
  if (venueId && (await findVenues(db, [venueId])).length === 0) throw notFound('Venue', venueId);
}

/** Whose fault it is to look into; a ledger that belongs to nothing has no venue. */
async function withVenues(
  db: VenuesReader,
  faults: readonly Omit<AuditFault, 'venueId'>[],
): Promise<AuditFault[]> {
  if (faults.length === 0) return [];
  const idsOf = (kind: AuditFault['kind']): string[] => [
    ...new Set(faults.filter((fault) => fault.kind === kind).map(({ subjectId }) => subjectId)),
  ];
  const venueOf = new Map<string, string>();
  for (const ids of inChunks(idsOf('PERFORMANCE')))
    for (const { id, venueId } of await findPerformances(db, ids)) venueOf.set(id, venueId);
  for (const ids of inChunks(idsOf('SHARED_CAP')))
    for (const { id, venueId } of await findPools(db, ids)) venueOf.set(id, venueId);
  for (const ids of inChunks(idsOf('PASS')))
    for (const { id, venueId } of await venuesOfPasses(db, ids)) venueOf.set(id, venueId);
  return faults.map((fault) => ({ ...fault, venueId: venueOf.get(fault.subjectId) ?? null }));
}
