import DataLoader from 'dataloader';
import { localDate } from '../../platform/clock.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Card } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import { yearOf } from '../domain/validity.ts';
import { findAccountsOf, type HolderAccount } from '../store/accounts.ts';
import { findUsesInYear } from '../store/card-years.ts';
import { findCards } from '../store/cards.ts';
import { findChanges, type CardChange } from '../store/changes.ts';
import { findCommunityUses, type CommunityUse } from '../store/community-uses.ts';
import { findPeriods, type CardPeriod } from '../store/periods.ts';
import type { CardsServices } from './services.ts';

/** What stands beside a card, for many cards of one operation in one query each. */
export interface HistoryLoaders {
  /** Issue and renewals, the first one first. Null: no such card, or not for this viewer. */
  readonly periods: DataLoader<string, readonly CardPeriod[] | null>;
  /** What else was done to it, the oldest first. Null: no such card, or not for this viewer. */
  readonly changes: DataLoader<string, readonly CardChange[] | null>;
  /** By whom an organisation's card is used, the newest month first. Null: not one, or not for this viewer. */
  readonly communityUses: DataLoader<string, readonly CommunityUse[] | null>;
  /** For who was given the card's status: at most one account that is confirmed and one that waits. */
  readonly accounts: DataLoader<string, readonly HolderAccount[]>;
  /** For who was given the card's status: how often it was used in the present calendar year. */
  readonly usesThisYear: DataLoader<string, number>;
}

const maxBatchSize = 500;

export function createHistoryLoaders({ database, clock }: CardsServices, viewer: Viewer): HistoryLoaders {
  const db = database.reader;
  const checked = <Value>(
    may: (card: Card) => boolean,
    find: (cardIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  ): DataLoader<string, Value | null> =>
    new DataLoader(
      async (ids) => {
        const allowed = (await findCards(db, ids)).filter(may).map(({ id }) => id);
        const found = await find(allowed);
        return ids.map((id) => found.get(id) ?? null);
      },
      { maxBatchSize },
    );
  return {
    periods: checked(
      (card) => policy.readCard(viewer, card),
      (ids) => findPeriods(db, ids),
    ),
    changes: checked(
      (card) => policy.readChanges(viewer, card),
      (ids) => findChanges(db, ids),
    ),
    communityUses: checked(
      (card) => card.kind === 'COMMUNITY' && policy.readChanges(viewer, card),
      (ids) => findCommunityUses(db, ids),
    ),
    accounts: new DataLoader(
      async (ids) => {
        const accounts = await findAccountsOf(db, ids);
        return ids.map((id) => accounts.get(id) ?? []);
      },
      { maxBatchSize },
    ),
    usesThisYear: new DataLoader(
      async (ids) => {
        const uses = await findUsesInYear(db, ids, yearOf(localDate(clock.now())));
        return ids.map((id) => uses.get(id) ?? 0);
      },
      { maxBatchSize },
    ),
  };
}
