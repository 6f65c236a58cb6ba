import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeCards } from '../../subgraphs/cards/service/merge-cards.ts';
import { replaceCard } from '../../subgraphs/cards/service/replace-card.ts';
import { usesInYear } from '../../subgraphs/cards/store/card-years.ts';
import { findCardByCode } from '../../subgraphs/cards/store/cards.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import { engines } from '../support/databases.ts';
import { openTestCards, type TestCards } from './card-support.ts';
import { staff } from './cards-register-support.ts';

const cardCount = 4;
const which = fc.nat(cardCount - 1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('USE' as const), card: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('CANCEL' as const), use: fc.nat(10) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('REPLACE' as const), card: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('MERGE' as const), from: which, into: which }) },
);

describe.each(engines)('replace and merge on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  it('keep every use with its holder, and every old code unknown, after any sequence of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), async (steps) => {
        const { services } = cards;
        const db = services.database.reader;
        const people = await Promise.all(Array.from({ length: cardCount }, () => cards.issue()));
        const ids = people.map(({ card }) => card.id);
        const codes = people.map(({ code }): string | null => code);
        const old: string[] = [];
        const standsFor = ids.map((_, index) => index);
        const uses: { card: number; valid: boolean }[] = [];
        const retire = (index: number): void => {
          if (codes[index]) old.push(codes[index]);
          codes[index] = null;
        };
        for (const one of steps) {
          if (one.kind === 'USE') {
            uses.push({ card: one.card, valid: true });
            const at = '2026-11-20T10:00:00.000Z';
            await cards.publish('venues', 'redemption.recorded', { cardId: ids[one.card], at });
          } else if (one.kind === 'CANCEL') {
            const use = uses[one.use];
            if (!use?.valid) continue;
            use.valid = false;
            const recordedAt = '2026-11-20T10:00:00.000Z';
            await cards.publish('venues', 'redemption.cancelled', { cardId: ids[use.card], recordedAt });
          } else if (one.kind === 'REPLACE') {
            const wish = { cardId: ids[one.card]!, reason: 'LOST', requestId: newId() } as const;
            const said = await replaceCard(services, staff, wish);
            if (isRefusal(said)) continue;
            retire(one.card);
            codes[one.card] = said.code;
          } else {
            const wish = { fromCardId: ids[one.from]!, intoCardId: ids[one.into]!, requestId: newId() };
            if (isRefusal(await mergeCards(services, staff, wish))) continue;
            retire(one.from);
            for (const [index, target] of standsFor.entries())
              if (target === one.from) standsFor[index] = one.into;
          }
        }
        await cards.subgraph.caughtUp();
        const counted = await Promise.all(ids.map((id) => usesInYear(db, id, 2026)));
        const wanted = ids.map(
          (_, index) => uses.filter((use) => use.valid && standsFor[use.card] === index).length,
        );
        expect(counted).toEqual(wanted);
        const found = await Promise.all(
          codes.map(async (code) => (code === null ? null : findCardByCode(db, code))),
        );
        expect(found.map((card) => card?.id ?? null)).toEqual(
          ids.map((id, index) => (standsFor[index] === index ? id : null)),
        );
        for (const code of old) expect(await findCardByCode(db, code)).toBeNull();
      }),
      { numRuns: 20 },
    );
  });
});
