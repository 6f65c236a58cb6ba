import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { rateRedemption } from '../../subgraphs/venues/service/ratings.ts';
import type * as Ratings from '../../subgraphs/venues/store/ratings.ts';
import { atDoor, onStage, openStage, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';

const guard = vi.hoisted(() => ({ isOn: true }));
vi.mock('../../subgraphs/venues/store/ratings.ts', async (original) => {
  const real = await original<typeof Ratings>();
  const lockAverages: typeof real.lockAverages = async (trx, venueId) => {
    if (guard.isOn) await real.lockAverages(trx, venueId);
  };
  return { ...real, lockAverages };
});

const callers = 32;
const mostRounds = 20;

describe.each(engines)('many holders who rate at once on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    guard.isOn = true;
    stage = await openStage(engine);
  });

  const visits = async (count: number): Promise<{ id: string; card: string }[]> => {
    stage.clock.set('2026-11-22T10:00:00.000Z');
    const performanceId = await onStage(stage, { cap: null });
    const done = [];
    for (let n = 0; n < count; n++) {
      const card = newId();
      const answer = await atDoor(stage, performanceId, { card });
      if (answer.kind !== 'redemption') throw new Error(`Refused: ${answer.code}`);
      done.push({ id: answer.id, card });
    }
    stage.clock.set('2026-11-22T20:00:00.000Z');
    return done;
  };
  const rateAll = async (all: readonly { id: string; card: string }[]): Promise<void> => {
    await Promise.all(
      all.map(({ id, card }, n) =>
        rateRedemption(stage.env, { role: 'HOLDER', cardId: card }, { redemptionId: id, meaning: n % 6 }),
      ),
    );
  };
  /** What the venue is shown, and what the answers that are marked as shown add up to. */
  const shownAndMarked = async (): Promise<[unknown, unknown]> => {
    const db = stage.database.reader;
    const [average] = await db
      .selectFrom('rating_average')
      .select(['answers', 'stars'])
      .where('category', '=', 'MEANING')
      .execute();
    const marked = await db.selectFrom('rating_answer').select('stars').where('shown', '=', 1).execute();
    const stars = marked.reduce((sum, answer) => sum + (answer.stars ?? 0), 0);
    return [average, { answers: marked.length, stars }];
  };

  it('an average is of just those answers that count as shown, and fewer than five wait', async () => {
    await rateAll(await visits(callers));
    const [shown, marked] = await shownAndMarked();
    expect(shown).toEqual(marked);
    expect(shown).toMatchObject({ answers: callers - (callers % 5) });
  });

  // SQLite has one writer at a time: there nothing is left to guard.
  if (engine.name === 'postgres') {
    it('without the lock an answer slips into the ones shown that no average has', async () => {
      await rateAll((await visits(1)).slice(0, 1));
      guard.isOn = false;
      let isBroken = false;
      for (let round = 0; round < mostRounds && !isBroken; round++) {
        await rateAll(await visits(callers));
        const [shown, marked] = await shownAndMarked();
        isBroken = JSON.stringify(shown) !== JSON.stringify(marked);
      }
      expect(isBroken).toBe(true);
    });
  }
});
