import type { Partner, PartnerAlias, PartnerYear } from '../domain/partner.ts';
import { fold } from '../../platform/pagination.ts';
import { inChunks } from './chunks.ts';
import type { NetworksTransaction } from './database.ts';
import { searchKey } from './names.ts';
import type { PartnerAliasTable, PartnerTable, PartnerYearTable } from './tables.ts';

/** A partner with everything that hangs on it. */
export interface PartnerRecord {
  readonly partner: Partner;
  readonly years: readonly PartnerYear[];
  readonly aliases: readonly PartnerAlias[];
}

/** Inserts what is not there yet. Returns the ids of partners that are new or take part in a new year. */
export async function insertPartners(
  trx: NetworksTransaction,
  records: readonly PartnerRecord[],
): Promise<Set<string>> {
  const changed = new Set<string>();
  for (const chunk of inChunks(records.map(partnerRow))) {
    const rows = await trx
      .insertInto('partner')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .execute();
    for (const { id } of rows) changed.add(id);
  }
  for (const chunk of inChunks(records.flatMap(yearRows))) {
    const rows = await trx
      .insertInto('partner_year')
      .values(chunk)
      .onConflict((c) => c.columns(['partner_id', 'year']).doNothing())
      .returning('partner_id')
      .execute();
    for (const { partner_id } of rows) changed.add(partner_id);
  }
  for (const chunk of inChunks(records.flatMap(aliasRows))) {
    await trx
      .insertInto('partner_alias')
      .values(chunk)
      .onConflict((c) => c.columns(['partner_id', 'printed_as']).doNothing())
      .execute();
  }
  return changed;
}

function partnerRow({ partner, aliases }: PartnerRecord): PartnerTable {
  return {
    id: partner.id,
    role: partner.role,
    name: partner.name,
    name_key: fold(partner.name),
    search_key: searchKey([
      partner.name,
      partner.organisation,
      partner.unit,
      ...aliases.map((alias) => alias.printedAs),
    ]),
    organisation: partner.organisation,
    unit: partner.unit,
    kind: partner.kind,
    municipality_id: partner.municipalityId,
    network_id: partner.networkId,
    source: partner.source,
  };
}

function yearRows({ partner, years }: PartnerRecord): PartnerYearTable[] {
  return years.map(({ year, source }) => ({ partner_id: partner.id, year, source }));
}

function aliasRows({ partner, aliases }: PartnerRecord): PartnerAliasTable[] {
  return aliases.map((alias) => ({
    partner_id: partner.id,
    printed_as: alias.printedAs,
    inferred: alias.inferred ? 1 : 0,
    basis: alias.basis,
    source: alias.source,
  }));
}
