import { sql } from 'kysely';
import {
  containing,
  pageSize,
  encodeCursor,
  mapPage,
  readPage,
  type Page,
  type PageArgs,
} from '../../platform/pagination.ts';
import type { Partner, PartnerAlias, PartnerRole, PartnerYear } from '../domain/partner.ts';
import { nameOrder } from './areas.ts';
import { groupBy } from './chunks.ts';
import type { NetworksReader } from './database.ts';
import type { PartnerTable } from './tables.ts';

export interface PartnerFilter {
  readonly role?: PartnerRole | null | undefined;
  readonly networkId?: string | null | undefined;
  readonly municipalityId?: string | null | undefined;
  /** Only those that a document shows taking part in this year. */
  readonly year?: number | null | undefined;
  readonly search?: string | null | undefined;
}

export async function partnersById(db: NetworksReader, ids: readonly string[]): Promise<Partner[]> {
  return (await db.selectFrom('partner').selectAll().where('id', 'in', ids).execute()).map(readPartner);
}

export async function partnerPage(
  db: NetworksReader,
  args: PageArgs,
  { role, networkId, municipalityId, year, search }: PartnerFilter,
): Promise<Page<Partner>> {
  let query = db.selectFrom('partner').selectAll();
  if (role) query = query.where('role', '=', role);
  if (networkId) query = query.where('network_id', '=', networkId);
  if (municipalityId) query = query.where('municipality_id', '=', municipalityId);
  if (search) query = query.where(sql<boolean>`search_key like ${containing(search)} escape '\\'`);
  if (year !== null && year !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('partner_year').select('partner_id').where('year', '=', year),
    );
  }
  return mapPage(await readPage(query, { args, order: nameOrder }), readPartner);
}

/** What partners may be listed under. */
export type PartnerParent = 'municipality_id' | 'network_id';

/** The first page of partners of each of many parents, in one statement: a list of municipalities costs one query, not one each. */
export async function firstPartnerPages(
  db: NetworksReader,
  parent: PartnerParent,
  parentIds: readonly string[],
  args: { readonly first: number | null; readonly role: PartnerRole | null },
): Promise<Map<string, Page<Partner>>> {
  const size = pageSize({ first: args.first });
  let numbered = db
    .selectFrom('partner')
    .selectAll()
    .select((eb) => [
      eb.fn
        .agg<number>('row_number')
        .over((over) => over.partitionBy(parent).orderBy('name_key').orderBy('id'))
        .as('place'),
      eb.fn
        .countAll<number>()
        .over((over) => over.partitionBy(parent))
        .as('total'),
    ])
    .where(parent, 'in', parentIds);
  if (args.role) numbered = numbered.where('role', '=', args.role);
  // With a page size of 0 one row per parent is still read: it brings the total.
  const rows = await db
    .selectFrom(numbered.as('numbered'))
    .selectAll()
    .where('place', '<=', Math.max(size, 1))
    .orderBy('place')
    .execute();
  return new Map(
    [...groupBy(rows, (row) => row[parent])].map(([parentId, ofParent]) => {
      const shown = ofParent.slice(0, size);
      const totalCount = Number(ofParent[0]?.total ?? 0);
      return [
        parentId,
        {
          items: shown.map(readPartner),
          cursors: shown.map((row) => encodeCursor(row, nameOrder)),
          totalCount,
          hasNextPage: totalCount > shown.length,
          hasPreviousPage: false,
        },
      ];
    }),
  );
}

export async function yearsOfPartners(
  db: NetworksReader,
  partnerIds: readonly string[],
): Promise<Map<string, PartnerYear[]>> {
  const rows = await db
    .selectFrom('partner_year')
    .selectAll()
    .where('partner_id', 'in', partnerIds)
    .orderBy('year')
    .execute();
  const read = rows.map(({ partner_id, year, source }) => ({ partnerId: partner_id, year, source }));
  return groupBy(read, ({ partnerId }) => partnerId);
}

export async function aliasesOfPartners(
  db: NetworksReader,
  partnerIds: readonly string[],
): Promise<Map<string, PartnerAlias[]>> {
  const rows = await db
    .selectFrom('partner_alias')
    .selectAll()
    .where('partner_id', 'in', partnerIds)
    .orderBy('printed_as')
    .execute();
  const read = rows.map(({ partner_id, printed_as, inferred, basis, source }) => ({
    partnerId: partner_id,
    printedAs: printed_as,
    inferred: inferred === 1,
    basis,
    source,
  }));
  return groupBy(read, ({ partnerId }) => partnerId);
}

function readPartner(row: PartnerTable): Partner {
  return {
    id: row.id,
    role: row.role,
    name: row.name,
    organisation: row.organisation,
    unit: row.unit,
    kind: row.kind,
    municipalityId: row.municipality_id,
    networkId: row.network_id,
    source: row.source,
  };
}
