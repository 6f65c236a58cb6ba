import DataLoader from 'dataloader';
import { emptyPage, type Page } from '../../platform/pagination.ts';
import type { Partner, PartnerRole } from '../domain/partner.ts';
import {
  countiesById,
  municipalitiesById,
  municipalitiesOfNetworks,
  networksById,
  regionsById,
} from '../store/areas.ts';
import { groupBy } from '../store/chunks.ts';
import type { NetworksReader } from '../store/database.ts';
import {
  aliasesOfPartners,
  firstPartnerPages,
  partnersById,
  yearsOfPartners,
  type PartnerParent,
} from '../store/partners.ts';
import { readRules } from '../store/rules.ts';

/** Names one first page of partners: equal requests of one operation are one. */
export interface FirstPartners {
  readonly parent: PartnerParent;
  readonly parentId: string;
  readonly first: number | null;
  readonly role: PartnerRole | null;
}

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of one operation: whatever a list needs of one kind is read in one statement, and once. */
export function createLoaders(db: NetworksReader) {
  return {
    municipality: byId((ids) => municipalitiesById(db, ids)),
    network: byId((ids) => networksById(db, ids)),
    region: byId((ids) => regionsById(db, ids)),
    county: byId((ids) => countiesById(db, ids)),
    partner: byId((ids) => partnersById(db, ids)),
    municipalitiesOfNetwork: listBy(async (ids) =>
      groupBy(await municipalitiesOfNetworks(db, ids), ({ networkId }) => networkId),
    ),
    yearsOfPartner: listBy((ids) => yearsOfPartners(db, ids)),
    aliasesOfPartner: listBy((ids) => aliasesOfPartners(db, ids)),
    /** There are tens of rules: they are read together, once. */
    rules: new DataLoader(async (asked: readonly 'all'[]) => {
      const rules = await readRules(db);
      return asked.map(() => rules);
    }),
    firstPartners: new DataLoader((wanted: readonly FirstPartners[]) => loadFirstPartners(db, wanted), {
      cacheKeyFn: ({ parent, parentId, first, role }) => JSON.stringify([parent, parentId, first, role]),
    }),
  };
}

const maxBatchSize = 500;

function byId<Item extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<Item[]>,
): DataLoader<string, Item | null> {
  return new DataLoader(
    async (ids: readonly string[]) => {
      const found = new Map((await load(ids)).map((item) => [item.id, item]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize },
  );
}

function listBy<Item>(
  load: (ids: readonly string[]) => Promise<Map<string, Item[]>>,
): DataLoader<string, readonly Item[]> {
  return new DataLoader(
    async (ids: readonly string[]) => {
      const found = await load(ids);
      return ids.map((id) => found.get(id) ?? []);
    },
    { maxBatchSize },
  );
}

/** One statement for each way of asking (parent, size, role), however many parents. */
async function loadFirstPartners(
  db: NetworksReader,
  wanted: readonly FirstPartners[],
): Promise<(Page<Partner> | Error)[]> {
  const answers = new Map<FirstPartners, Page<Partner> | Error>();
  const groups = groupBy(wanted, ({ parent, first, role }) => JSON.stringify([parent, first, role]));
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const [asked] = group;
      if (asked === undefined) return;
      const ids = group.map(({ parentId }) => parentId);
      try {
        const pages = await firstPartnerPages(db, asked.parent, ids, asked);
        for (const one of group) answers.set(one, pages.get(one.parentId) ?? emptyPage());
      } catch (error) {
        for (const one of group) answers.set(one, error as Error);
      }
    }),
  );
  return wanted.map((one) => answers.get(one) ?? emptyPage());
}
