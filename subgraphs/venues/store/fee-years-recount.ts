import { sql, type RawBuilder } from 'kysely';
import type { Cents } from '../../platform/units.ts';
import type { FeeKind } from '../domain/fee.ts';
import type { VenuesReader } from './database.ts';

/** Cards whose year of a fee is not the sum of what was covered in it. No card is named. */
export interface WrongFeeYears {
  readonly offeringId: string;
  readonly venueId: string;
  readonly fee: FeeKind;
  readonly year: number;
  readonly cards: number;
  /** Of these cards together: what their years say, and what their fees add up to. */
  readonly keptCents: Cents;
  readonly countedCents: Cents;
}

const ofVenue = (venueId: string | null): RawBuilder<unknown> =>
  venueId === null ? sql`` : sql`where offering.venue_id = ${venueId}`;

/** Compares every year of every fee with the fees themselves, in one look, so that nothing commits in between. */
export async function wrongFeeYears(db: VenuesReader, venueId: string | null): Promise<WrongFeeYears[]> {
  const { rows } = await sql<WrongFeeYears>`
    with both_sides as (
      select card_id, offering_id, fee_kind, year, covered_cents as kept, 0 as counted from fee_year
      union all
      select card_id, offering_id, fee_kind, year, 0, covered_cents from fee_use where status = 'VALID'
    ), wrong as (
      select offering_id, fee_kind, year, sum(kept) as kept, sum(counted) as counted from both_sides
      group by card_id, offering_id, fee_kind, year having sum(kept) <> sum(counted)
    )
    select offering_id as "offeringId", offering.venue_id as "venueId", fee_kind as "fee", year, count(*) as "cards",
      sum(kept) as "keptCents", sum(counted) as "countedCents"
    from wrong join offering on offering.id = wrong.offering_id ${ofVenue(venueId)}
    group by offering_id, offering.venue_id, fee_kind, year order by offering_id, fee_kind, year`.execute(db);
  return rows;
}

export async function countFeeYears(db: VenuesReader, venueId: string | null): Promise<number> {
  const { rows } = await sql<{ years: number }>`
    select count(*) as years from fee_year join offering on offering.id = fee_year.offering_id ${ofVenue(venueId)}`.execute(
    db,
  );
  return rows[0]?.years ?? 0;
}
