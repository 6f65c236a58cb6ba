import DataLoader from 'dataloader';
import { localDate } from '../../platform/clock.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { findCards } from '../store/cards.ts';
import { countIssued } from '../store/figures.ts';
import { findIssuers } from '../store/issuers.ts';
import { viewOfCard, type CardView } from './read-card.ts';
import type { CardsServices } from './services.ts';

export interface IssuerYear {
  readonly issuerId: string;
  readonly year: number;
}

/** What one operation reads, each thing once. Every answer has been through the policy for this viewer. */
export interface CardsLoaders {
  /** Null: no such card, or not for this viewer; both are answered alike. */
  readonly card: DataLoader<string, CardView | null>;
  /** Null: no such issuer, or not for this viewer. */
  readonly cardsIssued: DataLoader<IssuerYear, number | null, string>;
}

const maxBatch = 500;

export function createLoaders({ database, clock }: CardsServices, viewer: Viewer): CardsLoaders {
  const db = database.reader;
  return {
    card: new DataLoader(
      async (ids) => {
        const today = localDate(clock.now());
        const cards = new Map((await findCards(db, ids)).map((card) => [card.id, card]));
        return ids.map((id) => {
          const card = cards.get(id);
          return card ? viewOfCard(viewer, card, today) : null;
        });
      },
      { maxBatchSize: maxBatch },
    ),
    cardsIssued: new DataLoader(
      async (asked) => {
        const issuers = await findIssuers(db, [...new Set(asked.map(({ issuerId }) => issuerId))]);
        const allowed = new Set(
          issuers.filter((issuer) => policy.countCards(viewer, issuer)).map(({ id }) => id),
        );
        const counts = await countIssued(db, [...allowed], [...new Set(asked.map(({ year }) => year))]);
        const cards = new Map(counts.map((count) => [keyOf(count), count.cards]));
        return asked.map((pair) => (allowed.has(pair.issuerId) ? (cards.get(keyOf(pair)) ?? 0) : null));
      },
      { maxBatchSize: maxBatch, cacheKeyFn: keyOf },
    ),
  };
}

function keyOf({ issuerId, year }: IssuerYear): string {
  return `${year}:${issuerId}`;
}
