import { doNight, startNightShift } from '../../platform/nightly.ts';
import type { Repeated } from '../../platform/repeated.ts';
import type { Logger } from '../../platform/logger.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import {
  claimAudit,
  findAudit,
  findAuditFaults,
  isAudited,
  releaseAudit,
  saveAudit,
  type AuditFault,
  type LedgerAudit,
} from '../store/audits.ts';
import type { Environment } from './environment.ts';
import { verifyEverything } from './verify-everything.ts';

export type { AuditFault, LedgerAudit };

/** How many faults of a night are kept one by one; all of them are counted. */
const mostFaultsKept = 1_000;
export const mostFaultsShown = 100;

/** Recounts every ledger when the night is due and nobody has done it. True: it has. */
export async function auditLedgers(
  { database, clock }: Pick<Environment, 'database' | 'clock'>,
  logger: Logger,
): Promise<boolean> {
  const report = await doNight(clock, {
    isDone: (day) => isAudited(database.reader, day, clock.now().toISOString()),
    claim: (day, at) => claimAudit(database, day, at),
    work: () => verifyEverything(database),
    save: (day, at, { performances, entries, faults, head }) =>
      saveAudit(
        database,
        { day, at, performances, entries, faults: faults.length, head },
        faults.slice(0, mostFaultsKept),
      ),
    release: (day) => releaseAudit(database, day),
  });
  if (report === null) return false;
  const { performances, sharedCaps, passes, feeYears, entries, faults } = report;
  logger.info(
    { performances, sharedCaps, passes, feeYears, entries, faults: faults.length },
    'the ledgers were recounted',
  );
  for (const { kind, subjectId, code } of faults.slice(0, mostFaultsShown)) {
    logger.error({ kind, id: subjectId, code }, 'a ledger is not what was chained');
  }
  return true;
}

/** Asks once a minute. Several processes may do so at once. */
export function startLedgerAudit(env: Environment, logger: Logger): Repeated {
  return startNightShift(
    () => auditLedgers(env, logger),
    (error) => logger.error({ err: error }, 'the ledgers will be recounted again'),
  );
}

/** The newest night's result, or that of one Helsinki day, for anybody. Null: there is none. */
export async function ledgerAudit(
  { database }: Environment,
  day: LocalDate | null = null,
): Promise<LedgerAudit | null> {
  return findAudit(database.reader, day);
}

/** Which ledgers had faults: a venue's own for its staff, all for the national centre; null for everybody else. */
export async function auditFaults(
  { database }: Environment,
  viewer: Viewer,
  { day }: LedgerAudit,
): Promise<AuditFault[] | null> {
  const whose = policy.readAuditFaults(viewer);
  if (whose === null) return null;
  return findAuditFaults(database.reader, day, whose === 'ALL' ? null : whose.venueId, mostFaultsShown);
}
