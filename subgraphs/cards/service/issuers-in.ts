import { suppressList } from '../domain/suppress.ts';
import type { CardsReader } from '../store/database.ts';
import { issuersOfNetworks, validByIssuer } from '../store/figures.ts';
import { issuerIdsOfNetwork } from '../store/issuers-of-network.ts';
import { addUp, countKeys, countsOf } from './figure-tables.ts';
import type { CountKey, NationTable, Sums, ValidNow } from './figure-tables.ts';

export interface IssuerPart {
  readonly id: string;
  readonly sums: Sums;
  readonly hidden: Readonly<Record<CountKey, boolean>>;
  readonly valid: ValidNow;
}

/** The issuers of a network, each with its year, and what of it others may see beside the network's own sum. */
export async function issuersIn(
  db: CardsReader,
  nation: NationTable,
  networkId: string,
  { year, today }: { readonly year: number; readonly today: string },
  networkValid: ValidNow | undefined,
): Promise<IssuerPart[]> {
  const rows = await issuersOfNetworks(db, [networkId], year);
  const ids = [
    ...new Set([...(await issuerIdsOfNetwork(db, networkId)), ...rows.map((row) => row.issuerId)]),
  ].sort();
  const sums = ids.map((id) => addUp(rows.filter(({ issuerId }) => issuerId === id)));
  const valid = new Map((await validByIssuer(db, ids, today)).map(({ scopeId, cards }) => [scopeId, cards]));
  const row = nation.networks.indexOf(networkId);
  const hidden = countKeys.map((key) => ({
    key,
    list: suppressList(
      sums.map((one) => countsOf(one, key)),
      nation.safe(key).rows[row] ?? false,
    ).hidden,
  }));
  const validHidden = suppressList(
    ids.map((id) => [valid.get(id) ?? 0]),
    networkValid?.hidden ?? false,
  ).hidden;
  return ids.map((id, at) => ({
    id,
    sums: sums[at] ?? addUp([]),
    hidden: Object.fromEntries(hidden.map(({ key, list }) => [key, list[at] ?? true])) as Record<
      CountKey,
      boolean
    >,
    valid: { cards: valid.get(id) ?? 0, hidden: validHidden[at] ?? true },
  }));
}
