import { forbidden, notFound } from '../../platform/errors.ts';
import { isRefusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Performance } from '../domain/catalogue.ts';
import type { LimitQuestion, Verdict } from '../domain/limits/index.ts';
import type { TicketLine } from '../domain/lines.ts';
import { policy } from '../domain/policy.ts';
import { checkCounts } from '../domain/request.ts';
import { doorFacts, findPerformance, type DoorFacts } from './door-facts.ts';
import type { Environment } from './environment.ts';
import { ownTicket } from './own-ticket.ts';
import { readToken, unread } from './presentation-token.ts';
import { traceOf } from './trace.ts';

export interface ExplainInput {
  readonly performanceId: string;
  /** The token of presentCard; left out: a holder's own card, and for others the rules with nobody's card. */
  readonly presentation?: string | null | undefined;
  /** Left out: the card's own ticket. */
  readonly lines?: readonly TicketLine[] | null | undefined;
}

export interface Explanation {
  readonly performance: Performance;
  readonly asOf: IsoInstant;
  /** In the order in which a door asks. */
  readonly verdicts: readonly Verdict[];
}

/**
 * "Why not?": every limit of a performance that concerns this card, as `redeem` would ask it now. Changes nothing. Throws
 * BAD_INPUT, NOT_FOUND, FORBIDDEN.
 */
export async function explain(env: Environment, viewer: Viewer, input: ExplainInput): Promise<Explanation> {
  if (!policy.explainRules(viewer)) throw forbidden();
  const wanted = input.lines ? checkCounts(input.lines) : null;
  const db = env.database.reader;
  const performance = await findPerformance(db, input.performanceId);
  const facts = performance && (await doorFacts(db, performance));
  if (!facts || !policy.readOffering(viewer, facts.offering)) {
    throw notFound('Performance', input.performanceId);
  }
  const now = env.clock.now().toISOString();
  const token = input.presentation ?? null;
  const presentation = token === null ? null : await readToken(db, token);
  if (isRefusal(presentation)) {
    const question = { ...unread(presentation), lines: wanted ?? ownTicket(null), now };
    return { performance: facts.performance, asOf: now, verdicts: await traceOf(db, facts, question, null) };
  }
  const question = { presentation, lines: wanted ?? ownTicket(presentation), now };
  const verdicts = await traceFor(env, viewer, facts, question);
  return { performance: facts.performance, asOf: now, verdicts };
}

/** A presented card's uses go into the answer while its check is good here; a holder's own always. */
async function traceFor(
  { database }: Environment,
  viewer: Viewer,
  facts: DoorFacts,
  question: Omit<LimitQuestion, keyof DoorFacts>,
): Promise<readonly Verdict[]> {
  const db = database.reader;
  const { presentation, now } = question;
  const { venueId } = facts.performance;
  const isHolder = viewer.role === 'HOLDER';
  if (!presentation) return traceOf(db, facts, { ...question, isHolder }, isHolder ? viewer.cardId : null);
  const { cardId } = presentation;
  if (!policy.explainCard(viewer, { venueId, cardId })) throw forbidden();
  const isChecked = presentation.venueId === venueId && presentation.expiresAt > now;
  return traceOf(db, facts, { ...question, isHolder }, isHolder || isChecked ? cardId : null);
}
