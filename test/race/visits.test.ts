import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import type { Environment } from '../../subgraphs/venues/service/environment.ts';
import { ownPasses } from '../../subgraphs/venues/service/pass-own.ts';
import { undoVisit } from '../../subgraphs/venues/service/visit-undo.ts';
import { mergeCards } from '../../subgraphs/venues/store/card-identity.ts';
import { coverFee, coveredInYear } from '../../subgraphs/venues/store/fee-uses.ts';
import { chain, takeVisit } from '../../subgraphs/venues/store/passes.ts';
import { openStage, token, type Stage } from '../store/venues/stage.ts';
import {
  fee,
  give,
  given,
  offeringWith,
  passFaults,
  swimming,
  visit,
  word,
} from '../store/venues/visit-stage.ts';
import { engines } from '../support/databases.ts';

const callers = 64;
const visits = 30;

/** The guards without their guards: the positive control. */
const unguarded: Environment['uses'] = {
  async takeVisit(trx, { passId, visitId, at }) {
    const row = await trx
      .updateTable('card_pass')
      .set((eb) => ({ used: eb('used', '+', 1), sequence: eb('sequence', '+', 1) }))
      .where('id', '=', passId)
      .returningAll()
      .executeTakeFirstOrThrow();
    return chain(trx, row, { kind: 'VISITED', delta: 1, visitId, at });
  },
  coverFee: (trx, key, cents) => coverFee(trx, key, cents, null),
};

const counted = async (answers: readonly Promise<{ kind: string; code?: string }>[]) => {
  const counts: Record<string, number> = {};
  for (const answer of await Promise.all(answers)) {
    const said = word(answer);
    counts[said] = (counts[said] ?? 0) + 1;
  }
  return counts;
};
const many = <Answer>(each: (n: number) => Promise<Answer>, times = callers): Promise<Answer>[] =>
  Array.from({ length: times }, (_, n) => each(n));

describe.each(engines)('many desks with one card on $name', (engine) => {
  let stage: Stage;
  let card: string;
  beforeEach(async () => {
    stage = await openStage(engine);
    card = newId();
  });

  const used = async (cardId = card): Promise<number> => {
    const passes = await ownPasses(stage.env, { role: 'HOLDER', cardId }, cardId);
    return passes?.reduce((sum, pass) => sum + pass.used, 0) ?? 0;
  };
  const rows = async (table: 'visit' | 'fee_use' | 'request' | 'outbox' | 'pass_entry'): Promise<number> =>
    (await stage.database.reader.selectFrom(table).selectAll().execute()).length;
  const library = (): Promise<string> =>
    offeringWith(stage, 'FEE_BENEFIT', {
      fees: [{ fee: 'LATE_FEE', perUseCents: 500, perYearCents: 1_000 }],
    });

  it('64 visits at once on a pass with 30: exactly 30', async () => {
    const offeringId = await swimming(stage, visits);
    await given(stage, offeringId, card);
    expect(await counted(many(() => visit(stage, offeringId, { card })))).toEqual({
      visit: visits,
      PASS_USED_UP: callers - visits,
    });
    expect([await used(), await rows('visit'), await rows('outbox')]).toEqual([visits, visits, visits + 1]);
    expect(await passFaults(stage)).toEqual([]);
  });

  it('without the guard the same desks give more, and the check finds it', async () => {
    const offeringId = await swimming(stage, visits);
    await given(stage, offeringId, card);
    stage = { ...stage, env: { ...stage.env, uses: unguarded } };
    expect(await counted(many(() => visit(stage, offeringId, { card })))).toEqual({ visit: callers });
    expect(new Set(await passFaults(stage))).toEqual(new Set(['OVER_PASS']));
  });

  it('64 fees of 100 at once in a year of 1000: exactly ten', async () => {
    const offeringId = await library();
    expect(await counted(many(() => fee(stage, offeringId, 100, { card })))).toEqual({
      feeUse: 10,
      FEE_LIMIT_REACHED: callers - 10,
    });
    const key = { cardId: card, offeringId, feeKind: 'LATE_FEE', year: 2026 } as const;
    expect(await coveredInYear(stage.database.reader, key)).toBe(1_000);
    expect(await rows('fee_use')).toBe(10);
  });

  it('without the guard of the year the same desks cover more', async () => {
    const offeringId = await library();
    stage = { ...stage, env: { ...stage.env, uses: unguarded } };
    expect(await counted(many(() => fee(stage, offeringId, 100, { card })))).toEqual({ feeUse: callers });
  });

  it('a pass that is given by eight desks at once is one', async () => {
    const offeringId = await swimming(stage);
    expect(await counted(many(() => give(stage, offeringId, { card }), 8))).toEqual({
      pass: 1,
      PASS_GIVEN_ALREADY: 7,
    });
  });

  it('the same request from eight desks at once is one visit and one fee', async () => {
    const offeringId = await swimming(stage);
    await given(stage, offeringId, card);
    const wish = { requestId: newId(), presentation: token(stage, { card }) };
    expect(await counted(many(() => visit(stage, offeringId, {}, wish), 8))).toEqual({ visit: 8 });
    const fees = await library();
    const paid = { requestId: newId(), presentation: wish.presentation };
    expect(await counted(many(() => fee(stage, fees, 500, {}, paid), 8))).toEqual({ feeUse: 8 });
    expect([await used(), await rows('visit'), await rows('fee_use')]).toEqual([1, 1, 1]);
  });

  it('visits that are undone while others come leave a whole ledger, and never more than 30', async () => {
    const offeringId = await swimming(stage, visits);
    await given(stage, offeringId, card);
    const come = () => visit(stage, offeringId, { card });
    const first = await Promise.all(many(come, 20));
    const undo = first.flatMap((answer) =>
      answer.kind === 'visit'
        ? many(() => undoVisit(stage.env, stage.staff, { visitId: answer.id, requestId: newId() }), 2)
        : [],
    );
    await Promise.all([...undo, ...many(come, 40)]);
    expect(await used()).toBeLessThanOrEqual(visits);
    await Promise.all(many(come, visits));
    expect(await used()).toBe(visits);
    expect(await passFaults(stage)).toEqual([]);
  });

  it('a card that is merged while it is used loses no visit and no cent', async () => {
    const [offeringId, fees] = [await swimming(stage, visits), await library()];
    const into = newId();
    await given(stage, offeringId, card);
    const merge = stage.database.write((trx) => mergeCards(trx, card, into));
    const visited = counted(many(() => visit(stage, offeringId, { card })));
    const paid = counted(many((n) => fee(stage, fees, 100, { card: n % 2 === 0 ? card : into })));
    await merge;
    expect((await visited)['visit']).toBe(visits);
    expect((await paid)['feeUse']).toBe(10);
    expect([await used(), await used(into)]).toEqual([0, visits]);
    expect(await passFaults(stage)).toEqual([]);
  });

  it('a desk that dies after it took the visit leaves nothing, and the same request comes in then', async () => {
    const offeringId = await swimming(stage, visits);
    await given(stage, offeringId, card);
    const before = [await rows('request'), await rows('outbox'), await rows('pass_entry')];
    const dying: Environment['uses'] = {
      ...stage.env.uses,
      takeVisit: async (trx, move) => {
        await takeVisit(trx, move);
        throw new Error('The power went.');
      },
    };
    const wish = { requestId: newId(), presentation: token(stage, { card }) };
    const whole = stage;
    stage = { ...stage, env: { ...stage.env, uses: dying } };
    await expect(visit(stage, offeringId, {}, wish)).rejects.toThrow('The power went.');
    expect([await rows('request'), await rows('outbox'), await rows('pass_entry')]).toEqual(before);
    expect(word(await visit(whole, offeringId, {}, wish))).toBe('visit');
    expect(await passFaults(stage)).toEqual([]);
  });
});
