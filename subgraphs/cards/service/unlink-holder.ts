import type { IsoInstant } from '../../platform/units.ts';
import { eraseAccounts, findAccounts } from '../store/accounts.ts';
import type { CardsTransaction } from '../store/database.ts';
import { erasePhones } from '../store/holder-phones.ts';
import { removeHolder, removeOneTimeCodes, withMerged, type LinkedCard } from '../store/unlink.ts';
import type { CardsServices } from './services.ts';
import { forgetWellbeing } from './wellbeing.ts';

/**
 * Makes a registration one of nobody: facts, account, address, waiting mail, codes, phones, and the pseudonym under which
 * the first wellbeing answer waits. What stays is counted and belongs to nobody: status, periods, uses. Returns the ids
 * of the card and of those merged into it.
 */
export async function unlinkHolder(
  trx: CardsTransaction,
  services: Pick<CardsServices, 'sealer'>,
  { cardId, holderId }: LinkedCard,
  at: IsoInstant,
): Promise<readonly string[]> {
  const ids = await withMerged(trx, cardId);
  await forgetWellbeing(trx, services, holderId);
  for (const id of ids) {
    const accounts = await findAccounts(trx, id);
    await eraseAccounts(
      trx,
      accounts.map((account) => account.id),
    );
    await erasePhones(trx, id, at);
  }
  await removeOneTimeCodes(trx, ids);
  await removeHolder(trx, ids, holderId);
  return ids;
}
