import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { currentCard } from './card-identity.ts';
import type { VenuesReader } from './database.ts';
import { toEntry, type WaitingEntry } from './waiting-entries.ts';

/** All the ids that one registration has had: a card, and those that were merged into it. */
export async function cardIdsOf(db: VenuesReader, cardId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('card_identity')
    .select('card_id')
    .where('merged_into', '=', cardId)
    .execute();
  return [cardId, ...rows.map(({ card_id }) => card_id)];
}

/** The same for any of its ids: of a session, say, that began before a merge. */
export async function allIdsOf(db: VenuesReader, cardId: string): Promise<readonly string[]> {
  return cardIdsOf(db, await currentCard(db, cardId));
}

/** The entries of a registration, the newest first. */
export async function entriesOfCards(
  db: VenuesReader,
  cardIds: readonly string[],
  most: number,
): Promise<WaitingEntry[]> {
  const rows = await db
    .selectFrom('waiting_entry')
    .selectAll()
    .where('card_id', 'in', cardIds)
    .orderBy('joined_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map(toEntry);
}

/** "3rd of 7". */
export interface PlaceInLine {
  readonly place: number;
  readonly of: number;
}

/** Where somebody who waits stands, among those without an offer. */
export async function placeInLine(
  db: VenuesReader,
  { performanceId, number }: Pick<WaitingEntry, 'performanceId' | 'number'>,
): Promise<PlaceInLine> {
  const numbers = await db
    .selectFrom('waiting_entry')
    .select('number')
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'WAITING')
    .execute();
  return { place: numbers.filter((each) => each.number <= number).length, of: numbers.length };
}

/** What a venue sees of its line: how many families of each size, and whether they have an offer; no card. */
export interface LineSize {
  readonly performanceId: string;
  readonly status: 'WAITING' | 'OFFERED';
  readonly places: TicketCount;
  readonly entries: number;
}

export async function lineSizes(db: VenuesReader, performanceIds: readonly string[]): Promise<LineSize[]> {
  const rows = await db
    .selectFrom('waiting_entry')
    .select(({ fn }) => ['performance_id', 'status', 'places', fn.countAll<number>().as('entries')])
    .where('performance_id', 'in', performanceIds)
    .where('status', 'in', ['WAITING', 'OFFERED'])
    .groupBy(['performance_id', 'status', 'places'])
    .orderBy('places')
    .execute();
  return rows.flatMap(({ performance_id: performanceId, status, places, entries }) =>
    status === 'WAITING' || status === 'OFFERED' ? [{ performanceId, status, places, entries }] : [],
  );
}

/** Performances that somebody waits for and that start at this moment or later. */
export async function performancesWithLines(
  db: VenuesReader,
  startsFrom: IsoInstant,
  most: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('waiting_entry')
    .innerJoin('performance', 'performance.id', 'waiting_entry.performance_id')
    .select('waiting_entry.performance_id')
    .distinct()
    .where('waiting_entry.status', '=', 'WAITING')
    .where('performance.status', '=', 'SCHEDULED')
    .where('performance.starts_at', '>=', startsFrom)
    .orderBy('waiting_entry.performance_id')
    .limit(most)
    .execute();
  return rows.map(({ performance_id }) => performance_id);
}

/** Which of these cards have a ticket for this performance. */
export async function cardsWithTicket(
  db: VenuesReader,
  performanceId: string,
  cardIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('redemption')
    .select('card_id')
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'VALID')
    .where('card_id', 'in', cardIds)
    .execute();
  return new Set(rows.map(({ card_id }) => card_id));
}
