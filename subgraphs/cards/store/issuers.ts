import type { Issuer } from '../domain/eligibility.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

export interface LocalIssuer extends Issuer {
  readonly municipalityId: string | null;
}

/** Those of the issuers that are known here, in the order of their ids. */
export async function findIssuers(db: CardsReader, ids: readonly string[] | 'ALL'): Promise<LocalIssuer[]> {
  const all = db
    .selectFrom('issuer')
    .leftJoin('issuer_year', 'issuer_year.issuer_id', 'issuer.id')
    .select(['issuer.id', 'issuer.municipality_id', 'issuer.network_id', 'issuer_year.year'])
    .orderBy('issuer.id');
  const rows = await (ids === 'ALL' ? all : all.where('issuer.id', 'in', ids)).execute();
  const issuers = new Map<string, LocalIssuer & { years: number[] }>();
  for (const { id, municipality_id, network_id, year } of rows) {
    const issuer = issuers.get(id) ?? {
      id,
      municipalityId: municipality_id,
      networkId: network_id,
      years: [],
    };
    if (year !== null) issuer.years.push(year);
    issuers.set(id, issuer);
  }
  return [...issuers.values()];
}

/** Takes over an issuer as it stands now. Years that the demo season assumed stay. */
export async function saveIssuer(trx: CardsTransaction, issuer: LocalIssuer): Promise<void> {
  const row = { municipality_id: issuer.municipalityId, network_id: issuer.networkId };
  await trx
    .insertInto('issuer')
    .values({ id: issuer.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await trx.deleteFrom('issuer_year').where('issuer_id', '=', issuer.id).where('assumed', '=', 0).execute();
  for (const year of issuer.years) {
    await trx
      .insertInto('issuer_year')
      .values({ issuer_id: issuer.id, year, assumed: 0 })
      .onConflict((conflict) => conflict.columns(['issuer_id', 'year']).doUpdateSet({ assumed: 0 }))
      .execute();
  }
}

/** Lets issuers take part in a year of which no document speaks yet. */
export async function assumeYear(
  trx: CardsTransaction,
  issuerIds: readonly string[],
  year: number,
): Promise<void> {
  if (issuerIds.length === 0) return;
  await trx
    .insertInto('issuer_year')
    .values(issuerIds.map((issuer_id) => ({ issuer_id, year, assumed: 1 })))
    .onConflict((conflict) => conflict.columns(['issuer_id', 'year']).doNothing())
    .execute();
}
