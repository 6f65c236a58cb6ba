import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { suppressList } from '../domain/suppress.ts';
import type { CardsReader } from '../store/database.ts';
import { issuerFigures, issuersOfNetworks } from '../store/figures.ts';
import type { LocalIssuer } from '../store/issuers.ts';
import { nationTable } from './figure-tables.ts';

export interface IssuedInYear {
  readonly issuerId: string;
  readonly year: number;
  /** Null: too few to tell others of, itself or beside the other issuers of its network. */
  readonly cards: number | null;
}

/** How many cards these issuers gave in these years. For their own staff as it is, for others without small cells. */
export async function issuedCounts(
  db: CardsReader,
  viewer: Viewer,
  issuers: readonly LocalIssuer[],
  years: readonly number[],
): Promise<IssuedInYear[]> {
  const own = issuers
    .filter(({ id }) => policy.ownFigures(viewer, { kind: 'ISSUER', id }))
    .map(({ id }) => id);
  const networks = new Set(
    issuers.filter(({ id }) => !own.includes(id)).map(({ networkId }) => networkId ?? ''),
  );
  const counts: IssuedInYear[] = [];
  for (const year of years) {
    const cards = new Map(own.map((id) => [id, 0]));
    for (const { issuerId, figure, value } of await issuerFigures(db, own, [year])) {
      if (figure === 'ISSUED') cards.set(issuerId, (cards.get(issuerId) ?? 0) + value);
    }
    for (const [issuerId, value] of cards) counts.push({ issuerId, year, cards: value });
    if (networks.size > 0) counts.push(...(await othersCounts(db, networks, year)));
  }
  return counts;
}

async function othersCounts(
  db: CardsReader,
  networks: ReadonlySet<string>,
  year: number,
): Promise<IssuedInYear[]> {
  const nation = await nationTable(db, year);
  const issued = (await issuersOfNetworks(db, [...networks], year)).filter(
    ({ figure }) => figure === 'ISSUED',
  );
  const counts: IssuedInYear[] = [];
  for (const networkId of networks) {
    const rows = issued.filter((row) => row.networkId === networkId);
    const { hidden } = suppressList(
      rows.map(({ value }) => [value]),
      nation.safe('issued').rows[nation.networks.indexOf(networkId)] ?? false,
    );
    counts.push(
      ...rows.map(({ issuerId, value }, at) => ({
        issuerId,
        year,
        cards: (hidden[at] ?? true) ? null : value,
      })),
    );
  }
  return counts;
}
