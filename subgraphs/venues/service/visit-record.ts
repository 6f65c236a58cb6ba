import { forbidden } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { ticketsOf, type TicketLine } from '../domain/lines.ts';
import { passToUse, usedUp } from '../domain/pass.ts';
import { policy } from '../domain/policy.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkCounts, checkRequestId } from '../domain/request.ts';
import { checkLines, checkOpen, checkPresented, type Visit } from '../domain/visit.ts';
import { lockCard } from '../store/card-identity.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { findPass, passesOfCard } from '../store/passes.ts';
import { claimRequest } from '../store/requests.ts';
import { findVisitBy, insertVisit } from '../store/visits.ts';
import { decide } from './decide.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { readToken } from './presentation-token.ts';
import { visitRecorded } from './visit-events.ts';
import { termsMissing, visitPlace, type VisitPlace } from './visit-place.ts';

export interface RecordVisitInput {
  /** The signed token that cards gave. */
  readonly presentation: string;
  /** A SERIES_PASS or an OPEN_ENTRY. */
  readonly offeringId: string;
  readonly lines: readonly TicketLine[];
  readonly requestId: string;
}

export type VisitAnswer = Visit | Refusal<RedemptionRefusalCode>;

const mostPasses = 100;

/**
 * Somebody comes in: one visit of the card's series pass, or open entry within opening hours. The same requestId with the
 * same wish gives the same visit. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function recordVisit(
  env: Environment,
  viewer: Viewer,
  input: RecordVisitInput,
): Promise<VisitAnswer> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const { offeringId, requestId } = input;
  checkRequestId(requestId);
  const lines = checkCounts(input.lines);
  const db = env.database.reader;
  const place = await visitPlace(db, viewer, offeringId, ['SERIES_PASS', 'OPEN_ENTRY']);
  const { opening } = place.terms;
  const isOpenEntry = place.offering.kind === 'OPEN_ENTRY';
  if (isOpenEntry && !opening) throw termsMissing(offeringId, 'openingHours');
  const presentation = await readToken(db, input.presentation);
  if (isRefusal(presentation)) return presentation;

  const venueId = place.venue.id;
  const fingerprint = sha256(visitText(presentation.cardId, offeringId, lines));
  const key: RequestKey = { scope: `venue:${venueId}`, requestId, fingerprint };
  const earlier = async (): Promise<Visit | null> =>
    (await findEarlier(db, key)) ? findVisitBy(db, venueId, requestId) : null;
  const before = await earlier();
  if (before) return before;

  const now = env.clock.now().toISOString();
  const refusal =
    checkPresented(presentation, venueId, now) ??
    checkLines(presentation, lines) ??
    (isOpenEntry && opening ? checkOpen(opening, now) : null);
  if (refusal) return refusal;
  const wish = { key, place, cardId: presentation.cardId, lines, now };
  const answer = await decide<VisitAnswer | 'EARLIER'>(env.database, (trx, no) => store(env, wish, trx, no));
  if (answer !== 'EARLIER') return answer;
  const kept = await earlier();
  if (!kept) throw new Error(`Request ${requestId} is taken by a visit that is not there.`);
  return kept;
}

interface Wish {
  readonly key: RequestKey;
  readonly place: VisitPlace;
  readonly cardId: string;
  readonly lines: readonly TicketLine[];
  readonly now: string;
}

/** One transaction. The order of locks: request key, card, pass; undoing takes them in this order too. */
async function store(
  env: Environment,
  { key, place, cardId: signedFor, lines, now }: Wish,
  trx: VenuesTransaction,
  no: (answer: VisitAnswer | 'EARLIER') => never,
): Promise<VisitAnswer> {
  if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return no('EARLIER');
  const cardId = await lockCard(trx, signedFor);
  const { offering } = place;
  const id = newId();
  let passId: string | null = null;
  if (offering.kind === 'SERIES_PASS') {
    const passes = await passesOfCard(trx, cardId, { offeringId: offering.id, most: mostPasses });
    const pass = passToUse(passes, now);
    if (isRefusal(pass)) return no(pass);
    const taken = await env.uses.takeVisit(trx, { passId: pass.id, visitId: id, at: now });
    if (!taken) return no(usedUp((await findPass(trx, pass.id)) ?? pass));
    passId = taken.id;
  }
  const visit: Visit = {
    kind: 'visit',
    id,
    venueId: place.venue.id,
    offeringId: offering.id,
    cardId,
    passId,
    lines,
    tickets: ticketsOf(lines),
    status: 'VALID',
    recordedAt: now,
    cancelledAt: null,
  };
  await insertVisit(trx, visit, key.requestId);
  await appendEvent(trx, visitRecorded(visit, place), now);
  return visit;
}

/** The same text for the same wish, whatever the order of its lines. */
function visitText(cardId: string, offeringId: string, lines: readonly TicketLine[]): string {
  const sorted = lines.map(({ type, count }) => [type, count] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(['recordVisit', cardId, offeringId, sorted]);
}
