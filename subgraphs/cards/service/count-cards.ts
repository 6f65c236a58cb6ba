import { localDate } from '../../platform/clock.ts';
import { yearOf } from '../domain/validity.ts';
import type { CardsContext } from './context.ts';
import { readYear } from './input.ts';

/**
 * How many cards an issuer gave in a calendar year, this year without one. Null when that is not for this viewer to know.
 * Throws BAD_INPUT for a year that is none.
 */
export async function cardsIssued(
  { loaders, services }: CardsContext,
  issuerId: string,
  year: number | null,
): Promise<number | null> {
  const asked = readYear(year ?? yearOf(localDate(services.clock.now())));
  return loaders.cardsIssued.load({ issuerId, year: asked });
}
