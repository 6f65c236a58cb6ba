import { emptyPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { policy } from '../domain/policy.ts';
import { findContact } from '../store/accounts.ts';
import { listReadings, type ReadingOfCard } from '../store/readings.ts';
import { withMerged } from '../store/unlink.ts';
import type { CardsContext } from './context.ts';
import type { CardView } from './read-card.ts';

export type { ReadingOfCard };

/** The own card; null for everybody who is no holder. */
export async function myCard({ viewer, loaders }: CardsContext): Promise<CardView | null> {
  return viewer.role === 'HOLDER' ? loaders.card.load(viewer.cardId) : null;
}

export const accountStates = ['NONE', 'WAITING', 'ACTIVE'] as const;

/** WAITING: the link in the mail was not followed yet. */
export interface AccountView {
  readonly state: (typeof accountStates)[number];
  readonly confirmedAt: IsoInstant | null;
  /** For the holder alone; the unit that typed it cannot read it back. */
  readonly email: string | null;
}

/** The account of a card that this viewer may read; null for a venue. */
export async function accountOf(
  { services, viewer, loaders }: CardsContext,
  view: CardView,
): Promise<AccountView | null> {
  if (view.status === null) return null;
  const accounts = await loaders.accounts.load(view.id);
  const active = accounts.find(({ confirmedAt }) => confirmedAt !== null);
  if (!active) {
    return { state: accounts.length > 0 ? 'WAITING' : 'NONE', confirmedAt: null, email: null };
  }
  const { id, confirmedAt } = active;
  const sealed = policy.readOwn(viewer, view.id) ? await findContact(services.database.reader, id) : null;
  const email = sealed === null ? null : services.sealer.open('holder-email', id, sealed);
  return { state: 'ACTIVE', confirmedAt, email };
}

/** How often the card was used this calendar year: a number without a place; null for a venue. */
export async function usesThisYear({ loaders }: CardsContext, view: CardView): Promise<number | null> {
  return view.status === null ? null : loaders.usesThisYear.load(view.id);
}

/** Who looked at the card, also when it was still another registration: for its holder alone, else null. */
export async function readingsOf(
  { services, viewer }: CardsContext,
  view: CardView,
  args: PageArgs,
): Promise<Page<ReadingOfCard> | null> {
  if (!policy.readOwn(viewer, view.id)) return null;
  const db = services.database.reader;
  return listReadings(db, await withMerged(db, view.id), args);
}

/** Every look, at most `most` of them, the newest first. */
export async function allReadings(
  { services }: Pick<CardsContext, 'services'>,
  cardId: string,
  most: number,
): Promise<readonly ReadingOfCard[]> {
  const db = services.database.reader;
  const ids = await withMerged(db, cardId);
  const readings: ReadingOfCard[] = [];
  let page: Page<ReadingOfCard> = { ...emptyPage<ReadingOfCard>(), hasNextPage: true };
  while (page.hasNextPage && readings.length < most) {
    page = await listReadings(db, ids, { first: 200, after: page.cursors.at(-1) ?? null });
    readings.push(...page.items);
  }
  return readings.slice(0, most);
}
