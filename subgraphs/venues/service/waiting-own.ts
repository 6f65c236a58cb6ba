import { forbidden, notFound } from '../../platform/errors.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { currentCard } from '../store/card-identity.ts';
import type { VenuesReader } from '../store/database.ts';
import { findEntry, type WaitingEntry } from '../store/waiting-entries.ts';
import {
  allIdsOf,
  entriesOfCards,
  placeInLine,
  type LineSize,
  type PlaceInLine,
} from '../store/waiting-views.ts';
import type { Environment } from './environment.ts';

export type { PlaceInLine, WaitingEntry };

const mostShown = 50;

/** An entry of the viewer's own card, also one that its merged registrations made. Throws FORBIDDEN, NOT_FOUND. */
export async function ownEntry(db: VenuesReader, viewer: Viewer, id: string): Promise<WaitingEntry> {
  if (!policy.waitInLine(viewer)) throw forbidden();
  const entry = await findEntry(db, id);
  const asked = { ...viewer, cardId: await currentCard(db, viewer.cardId) };
  if (!entry || !policy.readWaiting(asked, await currentCard(db, entry.cardId))) {
    throw notFound('WaitingEntry', id);
  }
  return entry;
}

/** The 50 newest entries of the viewer's own card. Throws FORBIDDEN. */
export async function ownEntries({ database }: Environment, viewer: Viewer): Promise<WaitingEntry[]> {
  if (!policy.waitInLine(viewer)) throw forbidden();
  return entriesOfCards(database.reader, await allIdsOf(database.reader, viewer.cardId), mostShown);
}

/** "3rd of 7" while it waits, else null. */
export async function placeOf({ database }: Environment, entry: WaitingEntry): Promise<PlaceInLine | null> {
  return entry.status === 'WAITING' ? placeInLine(database.reader, entry) : null;
}

/** The line as its venue sees it: numbers only. */
export interface LineNow {
  readonly waiting: number;
  readonly offered: number;
  readonly sizes: readonly { readonly places: TicketCount; readonly entries: number }[];
}

export function lineNow(sizes: readonly LineSize[]): LineNow {
  const countOf = (wanted: LineSize['status']): number =>
    sizes.reduce((sum, { status, entries }) => (status === wanted ? sum + entries : sum), 0);
  return {
    waiting: countOf('WAITING'),
    offered: countOf('OFFERED'),
    sizes: sizes
      .filter(({ status }) => status === 'WAITING')
      .map(({ places, entries }) => ({ places, entries })),
  };
}
