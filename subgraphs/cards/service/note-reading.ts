import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Reading, ReadPurpose } from '../domain/reading.ts';
import { logReads } from '../store/read-log.ts';
import type { CardsServices } from './services.ts';

/** The organisation that a viewer works for; null for the national centre, the holder and the product itself. */
export function organisationOf(viewer: Viewer): string | null {
  if (viewer.role === 'ISSUER_STAFF') return viewer.issuerId;
  if (viewer.role === 'COORDINATOR') return viewer.networkId;
  return viewer.role === 'VENUE_STAFF' || viewer.role === 'DISPLAY' ? viewer.venueId : null;
}

/** A row of the read log for this viewer. */
export function readingBy(
  viewer: Viewer,
  look: {
    readonly cardId: string;
    readonly purpose: ReadPurpose;
    readonly fields: readonly string[];
    readonly requestId: string;
    readonly at: IsoInstant;
  },
): Reading {
  return { ...look, actorRole: viewer.role, organisationId: organisationOf(viewer) };
}

/**
 * Whose looks at personal facts are written down: everybody's but the holder's own, which are nobody's business, and the
 * product's. So a right that policy gives to one more role one day is noted from the first look on.
 */
export function isNoted(viewer: Viewer): boolean {
  return viewer.role !== 'HOLDER' && viewer.role !== 'SYSTEM';
}

/** Everything that the register tells of a holder. */
const holderFields = ['birthYear', 'postcode', 'children', 'grandchildren', 'background'] as const;

/**
 * Writes down that this viewer sees the holders' facts of these cards. It comes before the facts are given out: when it
 * cannot be written, they are not.
 */
export async function noteHoldersSeen(
  { database, clock }: CardsServices,
  viewer: Viewer,
  requestId: string,
  cardIds: readonly string[],
): Promise<void> {
  const at = clock.now().toISOString();
  const readings = cardIds.map((cardId) =>
    readingBy(viewer, { cardId, purpose: 'CARD_OPENED', fields: holderFields, requestId, at }),
  );
  await database.write((trx) => logReads(trx, readings));
}
