import DataLoader from 'dataloader';
import { localDate } from '../../platform/clock.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { findCards } from '../store/cards.ts';
import { findIssuers } from '../store/issuers.ts';
import { createHistoryLoaders, type HistoryLoaders } from './history-loaders.ts';
import { isId } from './input.ts';
import { issuedCounts } from './issued-counts.ts';
import { noteHoldersSeen } from './note-reading.ts';
import { viewOfCard, type CardView } from './read-card.ts';
import type { CardsServices } from './services.ts';

export interface IssuerYear {
  readonly issuerId: string;
  readonly year: number;
}

/** What one operation reads, each thing once. Unless it is said, every answer has been through the policy for this viewer. */
export interface CardsLoaders extends HistoryLoaders {
  /** Null: no such card, or not for this viewer; both are answered alike. */
  readonly card: DataLoader<string, CardView | null>;
  /** Writes down that this viewer sees the facts of a card's holder: once per operation, before they are given out. */
  readonly holderSeen: DataLoader<string, true>;
  /** Null: no such issuer, not for this viewer, or too few to tell others of. */
  readonly cardsIssued: DataLoader<IssuerYear, number | null, string>;
}

const maxBatch = 500;

export function createLoaders(services: CardsServices, viewer: Viewer, requestId: string): CardsLoaders {
  const { database, clock } = services;
  const db = database.reader;
  return {
    ...createHistoryLoaders(services, viewer),
    card: new DataLoader(
      async (ids) => {
        const today = localDate(clock.now());
        const cards = new Map((await findCards(db, ids.filter(isId))).map((card) => [card.id, card]));
        return ids.map((id) => {
          const card = cards.get(id);
          return card ? viewOfCard(viewer, card, today) : null;
        });
      },
      { maxBatchSize: maxBatch },
    ),
    holderSeen: new DataLoader(
      async (ids) => {
        await noteHoldersSeen(services, viewer, requestId, ids);
        return ids.map(() => true as const);
      },
      { maxBatchSize: maxBatch },
    ),
    cardsIssued: new DataLoader(
      async (asked) => {
        const ids = asked.map(({ issuerId }) => issuerId).filter(isId);
        const issuers = await findIssuers(db, [...new Set(ids)]);
        const allowed = issuers.filter((issuer) => policy.countCards(viewer, issuer));
        const years = [...new Set(asked.map(({ year }) => year))];
        const counts = await issuedCounts(db, viewer, allowed, years);
        const cards = new Map(counts.map((count) => [keyOf(count), count.cards]));
        const known = new Set(allowed.map(({ id }) => id));
        return asked.map((pair) => {
          const count = cards.get(keyOf(pair));
          return count === undefined && known.has(pair.issuerId) ? 0 : (count ?? null);
        });
      },
      { maxBatchSize: maxBatch, cacheKeyFn: keyOf },
    ),
  };
}

/** A card was changed in this operation: what is read of it from here on is read anew. */
export function forgetCard(loaders: CardsLoaders, cardId: string): void {
  const { card, periods, changes, communityUses, accounts, usesThisYear } = loaders;
  for (const loader of [card, periods, changes, communityUses, accounts, usesThisYear]) loader.clear(cardId);
}

function keyOf({ issuerId, year }: IssuerYear): string {
  return `${year}:${issuerId}`;
}
