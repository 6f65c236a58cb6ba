import DataLoader from 'dataloader';
import type { VenuesReader } from '../store/database.ts';
import { findOpenHolds, type NamedHold } from '../store/group-holds.ts';
import { countNoShowsOf, findNoShows } from '../store/no-shows.ts';
import { lineSizes, type LineSize } from '../store/waiting-views.ts';
import { groupBy } from './group.ts';

/** What only a venue sees of its performances and tickets: whoever asks must have asked the policy. */
export interface GroupLoaders {
  /** The open holds of a performance, by its id. */
  readonly holdsOf: DataLoader<string, readonly NamedHold[]>;
  /** Whether nobody came with a redemption, by its id. */
  readonly noShow: DataLoader<string, boolean>;
  /** The line of a performance by size, by its id. */
  readonly lineSizesOf: DataLoader<string, readonly LineSize[]>;
  /** With how many tickets of a performance nobody came, by its id. */
  readonly noShowsOf: DataLoader<string, number>;
}

const limits = { maxBatchSize: 500 };

export function groupLoaders(db: VenuesReader): GroupLoaders {
  return {
    holdsOf: new DataLoader(async (ids) => {
      const found = groupBy(await findOpenHolds(db, ids), ({ performanceId }) => performanceId);
      return ids.map((id) => found.get(id) ?? []);
    }, limits),
    noShow: new DataLoader(async (ids) => {
      const found = new Set(await findNoShows(db, ids));
      return ids.map((id) => found.has(id));
    }, limits),
    lineSizesOf: new DataLoader(async (ids) => {
      const found = groupBy(await lineSizes(db, ids), ({ performanceId }) => performanceId);
      return ids.map((id) => found.get(id) ?? []);
    }, limits),
    noShowsOf: new DataLoader(async (ids) => {
      const found = await countNoShowsOf(db, ids);
      return ids.map((id) => found.get(id) ?? 0);
    }, limits),
  };
}
