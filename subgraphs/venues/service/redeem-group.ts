import { forbidden, notFound } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { checkCards, groupText, repeated } from '../domain/groups.ts';
import type { TicketLine } from '../domain/lines.ts';
import { checkOverrides, type Override } from '../domain/override.ts';
import { policy } from '../domain/policy.ts';
import type { Presentation } from '../domain/presentation.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkCounts, checkRequestId } from '../domain/request.ts';
import { findNamedHold } from '../store/group-holds.ts';
import { sha256 } from '../store/hash.ts';
import { decide } from './decide.ts';
import { doorFacts, findPerformance, type DoorFacts } from './door-facts.ts';
import type { FullHouse } from './earlier-answer.ts';
import { ring, type Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import {
  earlierGroup,
  fullGroup,
  type RedeemedGroup,
  type RefusedCard,
  type RefusedGroup,
} from './group-answer.ts';
import { admitGroup, seenTwice, type GroupAttempt, type GroupWish } from './group-attempt.ts';
import { ownTicket } from './own-ticket.ts';
import { readToken, unread } from './presentation-token.ts';
import { withTrace } from './trace.ts';
import { countTurnAway } from './turn-away.ts';
import { whyFull } from './why-full.ts';

export interface RedeemGroupInput {
  /** 1 to 60 presented cards, in the order in which the answer speaks of them. */
  readonly cards: readonly {
    readonly presentation: string;
    /** Left out: the card's own ticket. */
    readonly lines?: readonly TicketLine[] | null | undefined;
  }[];
  readonly performanceId: string;
  /** For every card of the group; recorded with those where the limit said no. */
  readonly overrides?: readonly Override[] | null | undefined;
  /** Places kept for this group: they are taken first. */
  readonly holdId?: string | null | undefined;
  readonly requestId: string;
}

const maxAttempts = 5;

/**
 * A group comes in together: every card gets its own redemption, or none does. Places kept for the group go first, then
 * free ones. The same requestId with the same wish gives the same answer. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN,
 * REQUEST_ID_REUSED.
 */
export async function redeemGroup(
  env: Environment,
  viewer: Viewer,
  input: RedeemGroupInput,
): Promise<RedeemedGroup | RefusedGroup> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  checkRequestId(input.requestId);
  checkCards(input.cards);
  const overrides = input.overrides ?? [];
  const setAside = checkOverrides(overrides);
  const wanted = input.cards.map(({ lines }) => (lines ? checkCounts(lines) : null));
  const db = env.database.reader;
  const performance = await findPerformance(db, input.performanceId);
  if (!performance) throw notFound('Performance', input.performanceId);
  if (!policy.redeem(viewer, performance.venueId)) throw forbidden();
  const holdId = input.holdId ?? null;
  if (holdId !== null) await checkHold(env, holdId, performance.id);

  const facts = await doorFacts(db, performance);
  const now = env.clock.now().toISOString();
  const read = await Promise.all(input.cards.map(({ presentation }) => readToken(db, presentation)));
  const asked = read.map((presentation, index) => ({
    presentation,
    lines: wanted[index] ?? ownTicket(isRefusal(presentation) ? null : presentation),
  }));
  if (read.some(isRefusal)) return refusedCards(env, facts, asked, unreadable(asked), now);
  const cards = asked as readonly GroupWish['cards'][number][];
  const entries = cards.map(({ presentation: { cardId }, lines }) => ({ cardId, lines }));
  const wish: GroupWish = {
    key: {
      scope: `venue:${performance.venueId}`,
      requestId: input.requestId,
      fingerprint: sha256(groupText(performance.id, holdId, entries, overrides)),
    },
    facts,
    cards,
    overrides,
    setAside,
    holdId,
    now,
  };
  const earlier = await earlierGroup(db, wish);
  if (earlier) return earlier;
  const refused = knownBefore(wish);
  return refused.size > 0 ? refusedCards(env, facts, cards, refused, now) : store(env, wish);
}

/** A hold of this performance for a group; what is over or used up counts as no places. Throws NOT_FOUND. */
async function checkHold({ database }: Environment, holdId: string, performanceId: string): Promise<void> {
  const hold = await findNamedHold(database.reader, holdId);
  if (hold?.kind !== 'GROUP' || hold.performanceId !== performanceId) throw notFound('PlaceHold', holdId);
}

async function store(env: Environment, wish: GroupWish): Promise<RedeemedGroup | RefusedGroup> {
  const { facts, now, key } = wish;
  const db = env.database.reader;
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const attempt = await decide<GroupAttempt>(env.database, (trx, no) => admitGroup(env, wish, trx, no));
    if (attempt === 'AGAIN') continue;
    if (attempt === 'EARLIER') {
      const earlier = await earlierGroup(db, wish);
      if (earlier) return earlier;
      continue;
    }
    if (attempt.kind === 'noRoom') {
      const { id: performanceId } = facts.performance;
      const full = await whyFull(db, { performanceId, places: attempt.wanted });
      if (full === 'AGAIN' || (full.held > 0 && (await expireHoldsOf(env, performanceId)))) continue;
      return answerFull(env, wish, { ...full, at: now });
    }
    if (attempt.kind === 'refusal') return { kind: 'refusedGroup', whole: attempt, cards: [] };
    if (attempt.kind === 'refusedCards') return refusedCards(env, facts, wish.cards, attempt.refusals, now);
    ring(env.live, facts.performance);
    return attempt;
  }
  throw new Error(`Request ${key.requestId} met a changing state ${maxAttempts} times.`);
}

/** One turn-away for the whole group, which gets the same answer whenever it asks again under this key. */
async function answerFull(
  env: Environment,
  wish: GroupWish,
  full: FullHouse,
): Promise<RedeemedGroup | RefusedGroup> {
  const isCounted = await countTurnAway(env, wish.key, wish.facts.performance, full);
  const earlier = isCounted ? null : await earlierGroup(env.database.reader, wish);
  return earlier ?? fullGroup(wish.facts, full);
}

interface Asked {
  readonly presentation: Presentation | Refusal<'PRESENTATION_INVALID'>;
  readonly lines: readonly TicketLine[];
}

type Refusals = ReadonlyMap<number, Refusal<RedemptionRefusalCode>>;

/** What is refused without a look at the cards' uses. */
function knownBefore({ cards, facts, now, setAside }: GroupWish): Refusals {
  const refusals = new Map<number, Refusal<RedemptionRefusalCode>>();
  const again = repeated(cards.map(({ presentation }) => presentation.cardId));
  for (const [index, card] of cards.entries()) {
    const decision = decideRedeem({ ...facts, ...card, now, overrides: setAside });
    if (isRefusal(decision)) refusals.set(index, decision);
    else if (again.has(index)) refusals.set(index, seenTwice(facts));
  }
  return refusals;
}

function unreadable(asked: readonly Asked[]): Refusals {
  return new Map(
    asked.flatMap(({ presentation }, index) =>
      isRefusal(presentation) ? [[index, presentation] as const] : [],
    ),
  );
}

/** Each refused card with everything that was looked at. */
async function refusedCards(
  { database }: Environment,
  facts: DoorFacts,
  asked: readonly Asked[],
  refusals: Refusals,
  now: string,
): Promise<RefusedGroup> {
  const cards = await Promise.all(
    [...refusals].map(async ([index, refusal]): Promise<RefusedCard> => {
      const { presentation = null, lines = [] } = asked[index] ?? {};
      const shown = isRefusal(presentation) ? unread(presentation) : { presentation };
      const question = { ...shown, lines, now, onBehalf: false };
      return { index, refusal: await withTrace(database.reader, refusal, facts, question) };
    }),
  );
  return { kind: 'refusedGroup', whole: null, cards };
}
