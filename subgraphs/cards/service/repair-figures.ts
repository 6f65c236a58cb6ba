import type { CardsDatabase } from '../store/database.ts';
import { sumUp } from '../store/card-years.ts';
import { applyFigure, monthOf } from '../store/figure-deltas.ts';
import { findIssuers } from '../store/issuers.ts';
import { bookedCardsAfter, setFigure, setStanding, sumUpNetworks } from '../store/recount.ts';
import type { FigureName, StandingTable } from '../store/tables-figures.ts';
import { bookCard } from './book-card.ts';
import { recountOnce, type Difference } from './recount.ts';

const pageSize = 500;

/**
 * Sets every counter to what the rows say, in one transaction, and tells what differed before; a network's
 * sum is compared with its issuers' numbers as they were then. Issues and renewals of an issuer
 * whose network of that time is not known go to the network that it is in now.
 */
export async function repairFigures(database: CardsDatabase): Promise<readonly Difference[]> {
  return database.write(async (trx) => {
    const before = (await recountOnce(trx)).differences;
    for (const { key } of before.filter(({ table }) => table === 'uses')) await sumUp(trx, key);
    for (let after = ''; ;) {
      const page = await bookedCardsAfter(trx, after, pageSize);
      for (const { card } of page) await bookCard(trx, card.id);
      const last = page.at(-1);
      if (!last) break;
      after = last.card.id;
    }
    for (const { table, key, stored, recounted } of (await recountOnce(trx)).differences) {
      if (table === 'issuer_figure') {
        const [issuerId = '', networkId = '', month = '', figure] = key.split(' ');
        const name = figure as FigureName;
        if (networkId === '*') {
          const [issuer] = await findIssuers(trx, [issuerId]);
          const change = {
            issuerId,
            networkId: issuer?.networkId ?? null,
            month: monthOf(month),
            figure: name,
          };
          await applyFigure(trx, { ...change, delta: recounted - stored });
        } else {
          await setFigure(trx, { issuerId, networkId, month, figure: name, value: recounted });
        }
      } else if (table === 'standing') {
        const [scope, scope_id = '', valid_until = '', since = '', used] = key.split(' ');
        await setStanding(trx, {
          scope: scope as StandingTable['scope'],
          scope_id,
          valid_until,
          since,
          used: used === '1' ? 1 : 0,
          cards: recounted,
        });
      }
    }
    await sumUpNetworks(trx);
    return before;
  });
}
