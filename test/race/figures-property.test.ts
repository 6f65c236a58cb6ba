import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resumeCard, suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { issueCard } from '../../subgraphs/cards/service/issue-card.ts';
import { mergeCards } from '../../subgraphs/cards/service/merge-cards.ts';
import { renewCard } from '../../subgraphs/cards/service/renew-card.ts';
import { replaceCard } from '../../subgraphs/cards/service/replace-card.ts';
import { recountOnce } from '../../subgraphs/cards/service/recount.ts';
import { codeOf, digitCount } from '../../subgraphs/cards/domain/code.ts';
import { validByIssuer } from '../../subgraphs/cards/store/figures.ts';
import { storedFigures, storedNetworkFigures } from '../../subgraphs/cards/store/recount.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { kuopio, openTestCards, tampere, type TestCards } from '../subgraph/card-support.ts';
import { engines } from '../support/databases.ts';
import { FiguresModel, type ModelCard, type ModelUse } from '../support/figures-model.ts';

const today = '2026-11-22';
const issuers = [kuopio.partnerId, tampere.partnerId];
const handoverDays = ['2025-11-30', '2026-01-01', '2026-06-15', today];
const useTimes = ['2025-12-31T21:30:00.000Z', '2026-01-10T10:00:00.000Z', '2026-02-10T10:00:00.000Z'];

const which = fc.nat({ max: 30 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('issue' as const), which, other: which }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('redeem' as const), which, other: which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which, other: which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('overtaken', 'suspend', 'resume', 'renew', 'replace', 'settle'),
      which,
      other: which,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), which, other: which }) },
);

/** Does to the register and to the model the same. */
class Both {
  readonly model = new FiguresModel();
  readonly #cards: TestCards;

  constructor(cards: TestCards) {
    this.#cards = cards;
  }

  async run({ do: what, which: at, other }: { do: string; which: number; other: number }): Promise<void> {
    const { services } = this.#cards;
    if (what === 'issue') return this.#issue(at, other);
    if (what === 'settle') return this.#cards.subgraph.caughtUp();
    const card = this.model.cards[at % Math.max(1, this.model.cards.length)];
    if (!card) return;
    if (what === 'redeem') return this.#redeem(card, other);
    if (what === 'cancel') return this.#cancel(at);
    if (what === 'overtaken') {
      const use = { id: newId(), card, at: pick(useTimes, other), live: false };
      await this.#publish('redemption.cancelled', use);
      await this.#publish('redemption.recorded', use);
    }
    if (card.status === 'MERGED') return;
    if (what === 'suspend') {
      await suspendCard(services, system, card.id);
      card.status = 'SUSPENDED';
    }
    if (what === 'resume') {
      await resumeCard(services, system, card.id);
      card.status = 'ACTIVE';
    }
    const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: card.issuerId };
    const requestId = newId();
    if (what === 'replace') {
      const replaced = await replaceCard(services, staff, { cardId: card.id, reason: 'DAMAGED', requestId });
      if (!isRefusal(replaced)) card.status = replaced.card.status;
    }
    if (what === 'renew') {
      const renewed = await renewCard(services, staff, {
        cardId: card.id,
        wellbeing: { satisfaction: { declined: true }, increased: { declined: true } },
        toldNotToLeaveUnused: true,
        requestId,
      });
      if (isRefusal(renewed)) return;
      card.renewals.push(today.slice(0, 7));
      card.validUntil = renewed.card.validUntil;
    }
    if (what === 'merge') {
      const into = pick(this.model.cards, other);
      if (into.issuerId !== card.issuerId) return;
      const merged = await mergeCards(services, staff, {
        fromCardId: card.id,
        intoCardId: into.id,
        requestId,
      });
      if (isRefusal(merged)) return;
      card.status = 'MERGED';
      card.into = into;
    }
  }

  async #issue(at: number, other: number): Promise<void> {
    const issuedOn = pick(handoverDays, other);
    const issuerId = pick(issuers, at);
    const count = this.model.cards.length;
    const digits = Array.from({ length: digitCount }, (_, place) => (place === 0 ? count : 0));
    const issued = await issueCard(this.#cards.services, system, {
      issuerId,
      kind: 'PERSONAL',
      holder: { birthYear: 1990, postcode: '70100', children: 0, grandchildren: 0 },
      issuedOn,
      seed: { cardId: newId(), code: codeOf(digits) },
    });
    if (isRefusal(issued)) throw new Error(issued.code);
    const { id, validUntil } = issued.card;
    const issuedMonth = issuedOn.slice(0, 7);
    this.model.cards.push({
      id,
      issuerId,
      issuedMonth,
      validUntil,
      renewals: [],
      status: 'ACTIVE',
      into: null,
    });
  }

  async #redeem(card: ModelCard, other: number): Promise<void> {
    const use: ModelUse = { id: newId(), card, at: pick(useTimes, other), live: true };
    this.model.uses.push(use);
    await this.#publish('redemption.recorded', use);
  }

  async #cancel(at: number): Promise<void> {
    const use = this.model.uses[at % Math.max(1, this.model.uses.length)];
    if (!use?.live) return;
    use.live = false;
    await this.#publish('redemption.cancelled', use);
  }

  async #publish(topic: string, { id, card, at }: ModelUse): Promise<void> {
    const times =
      topic === 'redemption.recorded' ? { at } : { at: '2026-11-22T09:00:00.000Z', recordedAt: at };
    await this.#cards.publish('venues', topic, { redemptionId: id, cardId: card.id, ...times });
  }
}

function pick<Item>(items: readonly Item[], at: number): Item {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

async function counted({ services }: TestCards): Promise<Record<string, number>> {
  const db = services.database.reader;
  const rows = (await storedFigures(db)).map(({ issuerId, month, figure, value }): [string, number] => [
    `${issuerId} ${month} ${figure}`,
    value,
  ]);
  const valid = (await validByIssuer(db, issuers, today)).map(({ scopeId, cards }): [string, number] => [
    `${scopeId} VALID`,
    cards,
  ]);
  return Object.fromEntries([...rows, ...valid].filter(([, value]) => value !== 0));
}

/** 2025-12-31T21:30Z is still December in Helsinki, so the month of the instant is the month of the use. */
describe.each(engines)('figures of any history on $name', ({ name, location }) => {
  it('deltas are the recount after issues, uses, cancels, renewals, replacements and merges in any order', async () => {
    const numRuns = name === 'sqlite' ? 25 : 4;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        await using cards = await openTestCards(await location());
        const both = new Both(cards);
        for (const each of steps) await both.run(each);
        await cards.subgraph.caughtUp();
        const db = cards.services.database.reader;
        expect(await counted(cards)).toEqual(both.model.counts(today));
        expect((await recountOnce(db)).differences).toEqual([]);
        const ofIssuers = (await storedFigures(db)).reduce((sum, { value }) => sum + value, 0);
        const ofNetworks = (await storedNetworkFigures(db)).reduce((sum, { value }) => sum + value, 0);
        expect(ofNetworks).toBe(ofIssuers);
      }),
      { numRuns },
    );
  }, 60_000);
});
