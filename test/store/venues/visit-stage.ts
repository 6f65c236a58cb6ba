import { newId } from '../../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import { noFacts } from '../../../subgraphs/venues/domain/offering-facts.ts';
import type { Pass } from '../../../subgraphs/venues/domain/pass.ts';
import { noTerms, type Terms } from '../../../subgraphs/venues/domain/terms.ts';
import type { OfferingKind } from '../../../subgraphs/venues/domain/words.ts';
import { useFeeBenefit, type UseFeeBenefitInput } from '../../../subgraphs/venues/service/fee-use.ts';
import { grantPass, type GrantPassInput } from '../../../subgraphs/venues/service/pass-grant.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import {
  recordVisit,
  type RecordVisitInput,
  type VisitAnswer,
} from '../../../subgraphs/venues/service/visit-record.ts';
import { verifyPasses } from '../../../subgraphs/venues/service/verify-passes.ts';
import { insertOfferingFacts } from '../../../subgraphs/venues/store/offering-facts.ts';
import { holder, newOffering, token, type Stage, type TokenFacts } from './stage.ts';

/** A published offering of this kind with these terms; gives its id. */
export async function offeringWith(stage: Stage, kind: OfferingKind, terms: Partial<Terms>): Promise<string> {
  const offering = newOffering(stage, { kind, performances: [] });
  await publishOfferings(stage.database, [offering], stage.clock.now());
  const facts = { ...noFacts(offering.id), terms: { ...noTerms, ...terms } };
  await stage.database.write((trx) =>
    insertOfferingFacts(trx, [{ facts, createdFrom: null }], stage.clock.now().toISOString()),
  );
  return offering.id;
}

/** A pass of 30 visits for 60 days. */
export const swimming = (stage: Stage, visits = 30): Promise<string> =>
  offeringWith(stage, 'SERIES_PASS', { pass: { visits, validDays: 60, validUntil: null } });

interface Who extends TokenFacts {
  readonly presentation?: string;
}

export const give = (
  stage: Stage,
  offeringId: string,
  { presentation, ...who }: Who = {},
  changes: Partial<GrantPassInput> = {},
): ReturnType<typeof grantPass> =>
  grantPass(stage.env, stage.staff, {
    presentation: presentation ?? token(stage, who),
    offeringId,
    requestId: newId(),
    ...changes,
  });

export async function given(stage: Stage, offeringId: string, card: string): Promise<Pass> {
  const answer = await give(stage, offeringId, { card });
  if (isRefusal(answer)) throw new Error(answer.code);
  return answer;
}

export const visit = (
  stage: Stage,
  offeringId: string,
  { presentation, ...who }: Who = {},
  changes: Partial<RecordVisitInput> = {},
): Promise<VisitAnswer> =>
  recordVisit(stage.env, stage.staff, {
    presentation: presentation ?? token(stage, who),
    offeringId,
    lines: holder,
    requestId: newId(),
    ...changes,
  });

export const fee = (
  stage: Stage,
  offeringId: string,
  cents: number,
  { presentation, ...who }: Who = {},
  changes: Partial<UseFeeBenefitInput> = {},
): ReturnType<typeof useFeeBenefit> =>
  useFeeBenefit(stage.env, stage.staff, {
    presentation: presentation ?? token(stage, who),
    offeringId,
    feeKind: 'LATE_FEE',
    cents,
    requestId: newId(),
    ...changes,
  });

/** The refusal's code, or what was given. */
export const word = (answer: { readonly kind: string; readonly code?: string }): string =>
  answer.code ?? answer.kind;

export const passFaults = async ({ database }: Stage): Promise<string[]> =>
  (await verifyPasses(database)).faults.map(({ code }) => code);

/** Nothing that a test did may leave a fault in any pass. */
export async function checkPasses(stage: Stage): Promise<void> {
  const faults = await passFaults(stage);
  if (faults.length > 0) throw new Error(`A pass has faults: ${faults.join(', ')}`);
}

/** Payloads of the events of a topic, the oldest first. */
export async function told({ database }: Stage, topic: string): Promise<Record<string, unknown>[]> {
  const rows = await database.reader
    .selectFrom('outbox')
    .select('payload')
    .where('topic', '=', topic)
    .orderBy('seq')
    .execute();
  return rows.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);
}
