import type { IsoInstant } from '../../platform/units.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { RedemptionStatus } from '../domain/words.ts';
import type { VenuesReader } from './database.ts';

/** A use of a card that belongs to no performance: a pass that it was given, a visit, a fee. */
export interface OtherUse {
  readonly recordedAt: IsoInstant;
  readonly status: RedemptionStatus;
  readonly offeringId: string;
  readonly venueId: string;
  /** Empty: nobody came in for it. */
  readonly lines: readonly TicketLine[];
}

/** The newest of each kind, at most `most` of each; in no order. */
export async function otherUsesOf(db: VenuesReader, cardId: string, most: number): Promise<OtherUse[]> {
  const passes = await db
    .selectFrom('card_pass')
    .select(['offering_id', 'venue_id', 'granted_at as recorded_at', 'status'])
    .where('card_id', '=', cardId)
    .orderBy('granted_at', 'desc')
    .limit(most)
    .execute();
  const fees = await db
    .selectFrom('fee_use')
    .select(['offering_id', 'venue_id', 'recorded_at', 'status'])
    .where('card_id', '=', cardId)
    .orderBy('recorded_at', 'desc')
    .limit(most)
    .execute();
  const visits = await db
    .selectFrom('visit')
    .select(['offering_id', 'venue_id', 'recorded_at', 'status', 'lines'])
    .where('card_id', '=', cardId)
    .orderBy('recorded_at', 'desc')
    .limit(most)
    .execute();
  return [
    ...passes.map((row) => toUse({ ...row, lines: '[]' })),
    ...fees.map((row) => toUse({ ...row, lines: '[]' })),
    ...visits.map(toUse),
  ];
}

function toUse(row: {
  readonly offering_id: string;
  readonly venue_id: string;
  readonly recorded_at: IsoInstant;
  readonly status: RedemptionStatus;
  readonly lines: string;
}): OtherUse {
  const { offering_id, venue_id, recorded_at, status, lines } = row;
  return {
    recordedAt: recorded_at,
    status,
    offeringId: offering_id,
    venueId: venue_id,
    lines: JSON.parse(lines) as TicketLine[],
  };
}
