import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { cancelPerformance } from '../../subgraphs/venues/service/cancel-performance.ts';
import { environment, type Environment } from '../../subgraphs/venues/service/environment.ts';
import type { RedeemTogetherOptions } from '../../subgraphs/venues/service/redeem-together.ts';
import { redeem, type RedeemAnswer, type RedeemInput } from '../../subgraphs/venues/service/redeem.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { mergeCards } from '../../subgraphs/venues/store/card-identity.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import {
  checkLedger,
  family,
  holder,
  newPerformance,
  onStage,
  openStage,
  said,
  token,
  type Stage,
} from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';
import { seeded } from '../gateway/support/random-operations.ts';

const callers = 64;
const cap = 20;

/** An environment of its own, as a second process has one, and what its batches have stored. */
function watched(
  { database, live, clock }: Stage,
  options: RedeemTogetherOptions = {},
): { readonly env: Environment; readonly together: () => number } {
  const env = environment({ database, live, clock }, options);
  let stored = 0;
  const together: Environment['together'] = async (wish) => {
    const answer = (await env.together?.(wish)) ?? 'ALONE';
    if (answer !== 'ALONE') stored += 1;
    return answer;
  };
  return { env: { ...env, together }, together: () => stored };
}

describe.each(engines)('redemptions stored together on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  const wish = (
    performanceId: string,
    changes: Partial<RedeemInput> & { card?: string } = {},
  ): RedeemInput => {
    const { card, ...input } = changes;
    return {
      presentation: token(stage, card === undefined ? {} : { card }),
      performanceId,
      lines: holder,
      requestId: newId(),
      ...input,
    };
  };
  const all = (env: Environment, wishes: readonly RedeemInput[]): Promise<RedeemAnswer[]> =>
    Promise.all(wishes.map((input) => redeem(env, stage.staff, input)));
  const valid = (answers: readonly RedeemAnswer[]): number =>
    answers.filter(({ kind }) => kind === 'redemption').length;
  const used = async (performanceId: string): Promise<number | undefined> =>
    (await findCounters(stage.database.reader, [performanceId]))[0]?.used;

  it('every place of a full house was given by a batch, and none twice', async () => {
    const performanceId = await onStage(stage, { cap });
    const { env, together } = watched(stage);
    const answers = await all(
      env,
      Array.from({ length: callers }, () => wish(performanceId)),
    );
    expect([valid(answers), together(), await used(performanceId)]).toEqual([cap, cap, cap]);
    await checkLedger(stage);
  });

  it('without its guard a batch oversells, and the ledger shows it', async () => {
    const performanceId = await onStage(stage, { cap });
    const { env, together } = watched(stage, { hasRoom: () => true });
    const answers = await all(
      env,
      Array.from({ length: callers }, () => wish(performanceId)),
    );
    expect([valid(answers), together()]).toEqual([callers, callers]);
    const { faults } = await verifyLedger(stage.database);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['OVER_CAP']));
  });

  it('the batches of two processes at the same doors sell no place twice', async () => {
    const performances = [newPerformance(stage, { cap }), newPerformance(stage, { cap })] as const;
    await onStage(stage, {}, { performances });
    const processes = [watched(stage), watched(stage)];
    const card = newId();
    const answers = await Promise.all(
      Array.from({ length: 4 * callers }, (_, turn) => {
        const { id } = performances[turn % 2] ?? performances[0];
        // Every eighth is the same card, at both performances by both processes.
        const input = turn % 8 < 2 ? wish(id, { card }) : wish(id);
        return redeem(processes[(turn >> 1) % 2]?.env ?? stage.env, stage.staff, input);
      }),
    );
    expect(valid(answers)).toBe(2 * cap);
    const ofCard = answers.flatMap((answer) =>
      answer.kind === 'redemption' && answer.cardId === card ? [answer.performanceId] : [],
    );
    expect(ofCard.length).toBe(new Set(ofCard).size);
    expect(await Promise.all(performances.map(({ id }) => used(id)))).toEqual([cap, cap]);
    await checkLedger(stage);
  });

  it('a batch that fails is stored one by one, and nobody notices', async () => {
    const performanceId = await onStage(stage, { cap });
    const failures: unknown[] = [];
    const broken = new Error('the batch is broken');
    const { env, together } = watched(stage, {
      hasRoom: () => {
        throw broken;
      },
      onFailure: (error) => failures.push(error),
    });
    const answers = await all(
      env,
      Array.from({ length: cap }, () => wish(performanceId)),
    );
    expect([valid(answers), together(), await used(performanceId)]).toEqual([cap, 0, cap]);
    expect(failures).toContain(broken);
    await checkLedger(stage);
  });

  it('a performance that was cancelled under a batch takes nobody, and the batch goes one by one', async () => {
    const [on, off] = [newPerformance(stage), newPerformance(stage)] as const;
    await onStage(stage, {}, { performances: [on, off] });
    const { env, together } = watched(stage);
    const inputs = Array.from({ length: 10 }, (_, turn) => wish(turn % 2 === 0 ? on.id : off.id));
    // It is cancelled when every door has read it as it was, and before any goes on.
    let looking = inputs.length;
    let cancel = (): void => {};
    const cancelled = new Promise<void>((resolve) => (cancel = resolve)).then(() =>
      cancelPerformance(stage.env, stage.staff, off.id),
    );
    const add: typeof env.reads.atDoor.add = async (guest) => {
      const read = await env.reads.atDoor.add(guest);
      if (--looking === 0) cancel();
      await cancelled;
      return read;
    };
    const reads = { ...env.reads, atDoor: { ...env.reads.atDoor, add } };
    const answers = await all({ ...env, reads }, inputs);
    expect(answers.map(said)).toEqual(
      inputs.map(({ performanceId }) => (performanceId === on.id ? 'VALID' : 'PERFORMANCE_CANCELLED')),
    );
    expect(together()).toBe(0);
    await checkLedger(stage);
  });

  it('any stream of wishes is answered and stored as if each came alone', async () => {
    const random = seeded(20_261_123);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    // Two houses that are alike: one is asked together, the other alone.
    const houses = await Promise.all(
      [0, 1].map(async () => {
        const often = [newPerformance(stage, { cap: 12 }), newPerformance(stage, { cap: null })];
        const once = [newPerformance(stage, { cap: 9 }), newPerformance(stage, { cap: 30 })];
        const over = [newPerformance(stage, { startsAt: stage.clock.now().toISOString(), cap: 5 })];
        await onStage(stage, {}, { performances: [...often, ...over] });
        await onStage(stage, {}, { oncePerProduction: true, performances: once });
        const cards = Array.from({ length: 14 }, () => newId());
        await stage.database.write((trx) => mergeCards(trx, cards[0] ?? '', cards[1] ?? ''));
        return { performances: [...often, ...once, ...over].map(({ id }) => id), cards };
      }),
    );
    const { env, together } = watched(stage);
    const alone: Environment = { ...stage.env, together: null };
    const tell = (answers: readonly RedeemAnswer[], cards: readonly string[]): unknown[] =>
      answers.map((answer) =>
        answer.kind === 'redemption'
          ? [cards.indexOf(answer.cardId), answer.tickets, answer.counted, answer.lines, answer.status]
          : [answer.code, answer.trace.map(({ limit, passes }) => [limit, passes])],
      );
    const answers: [RedeemAnswer[], RedeemAnswer[]] = [[], []];
    const keys: [string, string][] = [];
    for (let turn = 0; turn < 150; turn += 1) {
      const card = Math.floor(random() * 14);
      const at = Math.floor(random() * 5);
      const lines = pick([holder, holder, family(2), [{ type: 'ASSISTANT', count: 1 }] as const]);
      const again = keys.length > 0 && random() < 0.1 ? pick(keys) : undefined;
      const key: [string, string] = again ?? [newId(), newId()];
      keys.push(key);
      for (const side of [0, 1] as const) {
        const { performances, cards } = houses[side] ?? { performances: [], cards: [] };
        const input = wish(performances[at] ?? '', { card: cards[card] ?? '', lines, requestId: key[side] });
        const answer = await redeem(side === 0 ? env : alone, stage.staff, input).catch(
          (error: { code: string }) => ({ kind: 'error', code: error.code, trace: [] }) as never,
        );
        answers[side].push(answer);
      }
    }
    expect(tell(answers[0], houses[0]?.cards ?? [])).toEqual(tell(answers[1], houses[1]?.cards ?? []));
    expect(together()).toBeGreaterThan(25);
    const [first, second] = await Promise.all(
      houses.map(({ performances, cards }) => rowsOf(stage, performances, cards)),
    );
    expect(first).toEqual(second);
    await checkLedger(stage);
  });
});

/** What is stored of these performances, with places in lists instead of ids. */
async function rowsOf(
  { database }: Stage,
  performances: readonly string[],
  cards: readonly string[],
): Promise<unknown> {
  const db = database.reader;
  const redemptions = await db
    .selectFrom('redemption')
    .selectAll()
    .where('performance_id', 'in', performances)
    .orderBy('id')
    .execute();
  const ids = redemptions.map(({ id }) => id);
  const place = (id: string | null): number | null => (id === null ? null : ids.indexOf(id));
  const lines = await db
    .selectFrom('redemption_line')
    .selectAll()
    .where('redemption_id', 'in', ids)
    .orderBy('redemption_id')
    .orderBy('type')
    .execute();
  const ledger = await db
    .selectFrom('ledger')
    .selectAll()
    .where('performance_id', 'in', performances)
    .orderBy('sequence')
    .execute();
  const events = await db.selectFrom('outbox').select(['topic', 'payload']).orderBy('seq').execute();
  const requests = await db
    .selectFrom('request')
    .select('redemption_id')
    .where('redemption_id', 'in', ids)
    .execute();
  const turnedAway = await db
    .selectFrom('turn_away')
    .select(['performance_id', 'wanted', 'cap', 'used'])
    .where('performance_id', 'in', performances)
    .orderBy('id')
    .execute();
  return {
    redemptions: redemptions.map(({ id, card_id, performance_id, offering_id, seen_key, ...row }) => ({
      ...row,
      id: place(id),
      card: cards.indexOf(card_id),
      performance: performances.indexOf(performance_id),
      seen: seen_key?.replace(offering_id, 'it').replace(performance_id, 'it').replace(card_id, 'card'),
    })),
    lines: lines.map(({ redemption_id, ...row }) => ({ ...row, id: place(redemption_id) })),
    ledger: performances.map((id) =>
      ledger
        .filter(({ performance_id }) => performance_id === id)
        .map(({ sequence, kind, delta, used, cap, held, redemption_id }) => ({
          sequence,
          kind,
          delta,
          used,
          cap,
          held,
          redemption: place(redemption_id),
        })),
    ),
    requests: requests.map(({ redemption_id }) => String(place(redemption_id))).sort(),
    turnedAway: turnedAway.map((row) => ({
      ...row,
      performance_id: performances.indexOf(row.performance_id),
    })),
    events: events.flatMap(({ topic, payload }) => {
      const {
        redemptionId,
        offeringId: _o,
        cardId,
        performanceId,
        ...facts
      } = JSON.parse(payload) as Record<string, string>;
      const id = place(redemptionId ?? null);
      return id === -1 || id === null
        ? []
        : [
            {
              topic,
              id,
              card: cards.indexOf(cardId ?? ''),
              at: performances.indexOf(performanceId ?? ''),
              ...facts,
            },
          ];
    }),
  };
}
