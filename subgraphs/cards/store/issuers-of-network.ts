import type { CardsReader } from './database.ts';

/** The issuers that are in a network now; '' finds those that are in none. */
export async function issuerIdsOfNetwork(db: CardsReader, networkId: string): Promise<string[]> {
  const all = db.selectFrom('issuer').select('id');
  const query =
    networkId === '' ? all.where('network_id', 'is', null) : all.where('network_id', '=', networkId);
  return (await query.execute()).map(({ id }) => id);
}
