import { notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import { checkServable, eraseReasons, type AccountRefusalCode } from '../domain/account.ts';
import { policy } from '../domain/policy.ts';
import { lockCard, setStatus } from '../store/cards.ts';
import { appendChange } from '../store/changes.ts';
import { findHolderId } from '../store/merges.ts';
import { endCodes } from '../store/unlink.ts';
import type { CardsContext } from './context.ts';
import { decide } from './decide.ts';
import { readId, readWord } from './input.ts';
import { unlinkHolder } from './unlink-holder.ts';

export interface ErasedHolder {
  readonly erased: true;
  readonly cardId: string;
}

/**
 * Erases what the register knows of a holder, because the holder wants it or should never have been registered. The card
 * is taken out of use for good, since nobody is left to whom it belongs; what it was counted as stays. It cannot be undone.
 * Throws BAD_INPUT, and NOT_FOUND for a card that is not the viewer's to erase.
 */
export async function eraseHolder(
  { services, viewer }: CardsContext,
  input: { readonly cardId: string; readonly reason: string },
): Promise<ErasedHolder | Refusal<AccountRefusalCode>> {
  const cardId = readId('cardId', input.cardId);
  const reason = readWord('reason', input.reason, eraseReasons);
  const at = services.clock.now().toISOString();
  return decide(services.database, async (trx) => {
    const card = await lockCard(trx, cardId);
    if (!card || !policy.eraseHolder(viewer, card)) throw notFound('card', cardId);
    const no = checkServable(card);
    if (no) return no;
    const holderId = await findHolderId(trx, cardId);
    if (holderId === null) return refuse('CARD_NOT_IN_USE');
    const ids = await unlinkHolder(trx, services, { cardId, holderId }, at);
    await endCodes(trx, ids);
    await setStatus(trx, cardId, 'SUSPENDED', at, 'ERASED');
    await appendChange(trx, cardId, { kind: 'ERASED', reason, fields: [], at });
    const payload = { cardId, status: 'SUSPENDED', at };
    await appendEvent(trx, { topic: 'card.status-changed', payload }, at);
    return { erased: true, cardId };
  });
}
