import type { LocalDate } from '../../platform/units.ts';
import type { CardsTransaction } from './database.ts';
import type { FigureName, StandingTable } from './tables-figures.ts';

export interface FigureDelta {
  readonly issuerId: string;
  /** The network that the issuer is in; null for none. */
  readonly networkId: string | null;
  /** `2026-11`: the Helsinki month of the handover, not of the typing in. */
  readonly month: string;
  readonly figure: FigureName;
  /** How many more; negative: how many fewer. */
  readonly delta: number;
}

/**
 * Adds a signed delta to an issuer's counter and to its network's, in the transaction of the change that it counts. These
 * two rows are written here and nowhere else, always in this order.
 */
export async function applyFigure(trx: CardsTransaction, change: FigureDelta): Promise<void> {
  const { issuerId, month, figure, delta } = change;
  if (delta === 0) return;
  const networkId = change.networkId ?? '';
  await trx
    .insertInto('issuer_figure')
    .values({ issuer_id: issuerId, network_id: networkId, month, figure, value: delta })
    .onConflict((conflict) =>
      conflict
        .columns(['issuer_id', 'month', 'figure', 'network_id'])
        .doUpdateSet((eb) => ({ value: eb('issuer_figure.value', '+', delta) })),
    )
    .execute();
  await trx
    .insertInto('network_figure')
    .values({ network_id: networkId, month, figure, value: delta })
    .onConflict((conflict) =>
      conflict
        .columns(['month', 'figure', 'network_id'])
        .doUpdateSet((eb) => ({ value: eb('network_figure.value', '+', delta) })),
    )
    .execute();
}

/** The month of a Helsinki calendar day: `2026-11-22` → `2026-11`. */
export function monthOf(day: LocalDate): string {
  return day.slice(0, 7);
}

/** A card that stands: where, until when, since when, used or not. */
export interface Standing {
  readonly issuerId: string;
  /** '' for none. */
  readonly networkId: string;
  readonly validUntil: LocalDate;
  readonly since: LocalDate;
  readonly used: boolean;
}

/** The rows in which it counts: its issuer's and its network's by day and by month, and the nation's. */
export function standingRows(card: Standing): Omit<StandingTable, 'cards'>[] {
  const used = card.used ? 1 : 0;
  const day = { valid_until: card.validUntil, since: card.since, used } as const;
  const month = { valid_until: monthOf(card.validUntil), since: '', used } as const;
  return [
    { scope: 'ISSUER', scope_id: card.issuerId, ...day },
    { scope: 'NETWORK', scope_id: card.networkId, ...day },
    { scope: 'NATION', scope_id: '', ...day },
    { scope: 'NETWORK_MONTH', scope_id: card.networkId, ...month },
    { scope: 'ISSUER_MONTH', scope_id: card.issuerId, ...month },
  ];
}

/** Adds to the standing cards of an issuer, its network and the nation. A row that comes to nought goes. */
export async function applyStanding(trx: CardsTransaction, card: Standing, delta: number): Promise<void> {
  for (const row of standingRows(card)) {
    const { cards } = await trx
      .insertInto('standing')
      .values({ ...row, cards: delta })
      .onConflict((conflict) =>
        conflict
          .columns(['scope', 'scope_id', 'valid_until', 'since', 'used'])
          .doUpdateSet((eb) => ({ cards: eb('standing.cards', '+', delta) })),
      )
      .returning('cards')
      .executeTakeFirstOrThrow();
    if (cards !== 0) continue;
    await trx
      .deleteFrom('standing')
      .where((eb) => eb.and({ ...row, cards: 0 }))
      .execute();
  }
}
