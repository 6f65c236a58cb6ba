import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { verifyPasses } from '../../../subgraphs/venues/service/verify-passes.ts';
import { lockCard, mergeCards } from '../../../subgraphs/venues/store/card-identity.ts';
import type { VenuesTransaction } from '../../../subgraphs/venues/store/database.ts';
import { coverFee, coveredInYear, type FeeYearKey } from '../../../subgraphs/venues/store/fee-uses.ts';
import {
  chain,
  findPasses,
  insertPass,
  passesOfCard,
  returnVisit,
  takeVisit,
  type VisitMove,
} from '../../../subgraphs/venues/store/passes.ts';
import { insertVisit, markUndone } from '../../../subgraphs/venues/store/visits.ts';
import { engines } from '../../support/databases.ts';
import { newOffering, openStage, type Stage } from './stage.ts';

const guests = 64;
const visits = 30;

/** The pass's guard without its guard: the positive control. */
async function takeWithoutGuard(
  trx: VenuesTransaction,
  { passId, visitId, at }: VisitMove,
): Promise<unknown> {
  const row = await trx
    .updateTable('card_pass')
    .set((eb) => ({ used: eb('used', '+', 1), sequence: eb('sequence', '+', 1) }))
    .where('id', '=', passId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return chain(trx, row, { kind: 'VISITED', delta: 1, visitId, at });
}

describe.each(engines)('passes and fees in the store on $name', (engine) => {
  let stage: Stage;
  let offeringId: string;
  let at: string;
  beforeEach(async () => {
    stage = await openStage(engine);
    offeringId = newId();
    at = stage.clock.now().toISOString();
    const offering = newOffering(stage, { id: offeringId, kind: 'SERIES_PASS', performances: [] });
    await publishOfferings(stage.database, [offering], stage.clock.now());
  });

  const give = async (cardId = newId()): Promise<string> => {
    const id = newId();
    const { venueId } = stage;
    const pass = { id, venueId, offeringId, cardId, visits, expiresOn: '2099-12-31', grantedAt: at };
    await stage.database.write((trx) => insertPass(trx, pass, newId()));
    return id;
  };
  const visit = (passId: string, take: typeof takeVisit | typeof takeWithoutGuard = takeVisit) =>
    stage.database.write(async (trx) => {
      const visitId = newId();
      if ((await take(trx, { passId, visitId, at })) === null) return null;
      const lines = [{ type: 'HOLDER', count: 1 }] as const;
      const { venueId } = stage;
      const rest = { tickets: 1, status: 'VALID', recordedAt: at, cancelledAt: null } as const;
      const cardId = newId();
      await insertVisit(
        trx,
        { kind: 'visit', id: visitId, venueId, offeringId, cardId, passId, lines, ...rest },
        newId(),
      );
      return visitId;
    });
  const usedOf = async (id: string): Promise<number | undefined> =>
    (await findPasses(stage.database.reader, [id]))[0]?.used;
  const faultCodes = async (): Promise<string[]> =>
    (await verifyPasses(stage.database)).faults.map(({ code }) => code);

  it('of 64 visits at once on a pass with 30 left, 30 are taken', async () => {
    const passId = await give();
    const taken = await Promise.all(Array.from({ length: guests }, () => visit(passId)));
    expect(taken.filter((each) => each !== null)).toHaveLength(visits);
    expect(await usedOf(passId)).toBe(visits);
    expect(await verifyPasses(stage.database)).toEqual({ passes: 1, entries: visits + 1, faults: [] });
  });

  it('without the guard more are taken, and the check says so', async () => {
    const passId = await give();
    await Promise.all(Array.from({ length: guests }, () => visit(passId, takeWithoutGuard)));
    expect(await usedOf(passId)).toBe(guests);
    expect(new Set(await faultCodes())).toEqual(new Set(['OVER_PASS']));
  });

  it('a visit that is undone is on the pass again, once', async () => {
    const passId = await give();
    const visitId = (await visit(passId)) ?? '';
    for (const again of [1, 2]) {
      await stage.database.write(async (trx) => {
        if (await markUndone(trx, visitId, at)) await returnVisit(trx, { passId, visitId, at });
      });
      expect([again, await usedOf(passId)]).toEqual([again, 0]);
    }
    expect(await faultCodes()).toEqual([]);
  });

  it('a transaction that is rolled back takes no visit', async () => {
    const passId = await give();
    const broken = stage.database.write(async (trx) => {
      await takeVisit(trx, { passId, visitId: newId(), at });
      throw new Error('killed');
    });
    await expect(broken).rejects.toThrow('killed');
    expect(await usedOf(passId)).toBe(0);
    expect(await faultCodes()).toEqual([]);
  });

  it.each([
    ['an entry that is changed', sql`update pass_entry set used = 0 where sequence = 2`, 'ENTRY_CHANGED'],
    ['an entry that is taken away', sql`delete from pass_entry where sequence = 2`, 'SEQUENCE_GAP'],
    ['a pass with more visits', sql`update card_pass set visits = 99`, 'PASS_DIFFERS'],
    ['a visit that is taken away', sql`delete from visit`, 'VISIT_DIFFERS'],
  ])('the check finds %s', async (_, change, code) => {
    const passId = await give();
    await visit(passId);
    await visit(passId);
    await stage.database.write((trx) => change.execute(trx));
    expect(await faultCodes()).toContain(code);
  });

  it('merged cards keep their passes, and what both covered in a year is added up', async () => {
    const [from, into] = [newId(), newId()];
    const passIds = [await give(from), await give(into)];
    const year = (cardId: string): FeeYearKey => ({ cardId, offeringId, feeKind: 'COPYING', year: 2026 });
    await stage.database.write(async (trx) => {
      await coverFee(trx, year(from), 300, 1000);
      await coverFee(trx, year(into), 500, 1000);
      await mergeCards(trx, from, into);
    });
    const kept = await passesOfCard(stage.database.reader, into, { most: 10 });
    expect(kept.map(({ id }) => id).sort()).toEqual(passIds.sort());
    expect(await coveredInYear(stage.database.reader, year(into))).toBe(800);
    expect(await stage.database.write((trx) => lockCard(trx, from))).toBe(into);
    expect(await faultCodes()).toEqual([]);
  });

  it('of 64 fees at once the limit of the year holds, and a new year begins at nothing', async () => {
    const key: FeeYearKey = { cardId: newId(), offeringId, feeKind: 'LATE_FEE', year: 2026 };
    const cover = (of: FeeYearKey, limit: number | null): Promise<boolean> =>
      stage.database.write((trx) => coverFee(trx, of, 50, limit));
    const covered = await Promise.all(Array.from({ length: guests }, () => cover(key, 1025)));
    expect(covered.filter(Boolean)).toHaveLength(20);
    expect(await coveredInYear(stage.database.reader, key)).toBe(1000);
    expect(await cover({ ...key, year: 2027 }, 1025)).toBe(true);
    expect(await Promise.all(Array.from({ length: guests }, () => cover(key, null)))).not.toContain(false);
  });
});
