import type { Migrations } from '../../../platform/database/index.ts';
import { venues } from './0001-venues.ts';
import { redemptions } from './0002-redemptions.ts';
import { mergedCards } from './0003-merged-cards.ts';
import { offerings } from './0010-offerings.ts';
import { limits } from './0011-limits.ts';
import { holds } from './0012-holds.ts';
import { groups } from './0013-groups.ts';
import { waiting } from './0014-waiting.ts';
import { slices } from './0016-slices.ts';
import { passes } from './0017-passes.ts';
import { pools } from './0018-pools.ts';
import { goodwill } from './0019-goodwill.ts';
import { load } from './0020-load.ts';
import { feesUndone } from './0021-fees-undone.ts';
import { mergedCardsOnly } from './0022-merged-cards-only.ts';
import { passesUndone } from './0023-passes-undone.ts';

export const migrations: Migrations = {
  '0001_venues': venues,
  '0002_redemptions': redemptions,
  '0003_merged_cards': mergedCards,
  '0010_offerings': offerings,
  '0011_limits': limits,
  '0012_holds': holds,
  '0013_groups': groups,
  '0014_waiting': waiting,
  '0016_slices': slices,
  '0017_passes': passes,
  '0018_pools': pools,
  '0019_goodwill': goodwill,
  '0020_load': load,
  '0021_fees_undone': feesUndone,
  '0022_merged_cards_only': mergedCardsOnly,
  '0023_passes_undone': passesUndone,
};
