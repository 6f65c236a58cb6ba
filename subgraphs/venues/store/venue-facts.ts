import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Venue } from '../domain/catalogue.ts';
import type { Accessibility, VenueFacts } from '../domain/venue-facts.ts';
import type { VenueCategory } from '../domain/words.ts';
import { keyOf } from './catalogue.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { textOf } from './rows.ts';
import type { VenueFactsTable } from './tables-offerings.ts';

export async function findVenueFacts(db: VenuesReader, venueIds: readonly string[]): Promise<VenueFacts[]> {
  const rows = await db.selectFrom('venue_facts').selectAll().where('venue_id', 'in', venueIds).execute();
  return rows.map(toFacts);
}

export async function saveVenueFacts(
  trx: VenuesTransaction,
  facts: VenueFacts,
  at: IsoInstant,
): Promise<void> {
  const row = toRow(facts, at);
  const { venue_id: _, ...changed } = row;
  await trx
    .insertInto('venue_facts')
    .values(row)
    .onConflict((oc) => oc.column('venue_id').doUpdateSet(changed))
    .execute();
}

/** What stands in the catalogue's own row of a venue. */
export async function saveVenue(
  trx: VenuesTransaction,
  { id, name, type, category, aliases }: Pick<Venue, 'id' | 'name' | 'type' | 'category' | 'aliases'>,
): Promise<void> {
  await trx
    .updateTable('venue')
    .set({
      name_fi: name.fi,
      name_sv: name.sv,
      name_en: name.en,
      name_key: keyOf(name, aliases),
      type,
      category,
    })
    .where('id', '=', id)
    .execute();
}

/** Holds the venue's row until the transaction ends: one change of a venue's own things at a time. False: no such venue. */
export async function lockVenue(trx: VenuesTransaction, venueId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('venue')
    .set((eb) => ({ slug: eb.ref('slug') }))
    .where('id', '=', venueId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export interface Membership {
  readonly municipalityId: string;
  readonly networkId: string;
  readonly partnerId: string;
}

/** A pop-up becomes an ordinary venue of a network. False: it is one already, or there is no such venue. */
export async function makeFixed(
  trx: VenuesTransaction,
  venueId: string,
  { municipalityId, networkId, partnerId }: Membership,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('venue')
    .set({
      kind: 'FIXED',
      municipality_id: municipalityId,
      network_id: networkId,
      partner_id: partnerId,
      locality: null,
    })
    .where('id', '=', venueId)
    .where('kind', '=', 'POP_UP')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Pop-up venues in no network: a few dozen. */
export async function findPopUps(db: VenuesReader): Promise<{ id: string; names: string[] }[]> {
  const rows = await db
    .selectFrom('venue')
    .select(['id', 'name_fi', 'name_sv', 'name_en', 'aliases'])
    .where('kind', '=', 'POP_UP')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    names: [
      ...[row.name_fi, row.name_sv, row.name_en].filter((name) => name !== null),
      ...(JSON.parse(row.aliases) as string[]),
    ],
  }));
}

/** Remembers the years in which a partner takes part; those of the newest event are all of them. */
export async function savePartnerYears(
  trx: VenuesTransaction,
  partnerId: string,
  networkId: string,
  years: readonly number[],
): Promise<void> {
  await trx.deleteFrom('partner_year_copy').where('partner_id', '=', partnerId).execute();
  if (years.length === 0) return;
  await trx
    .insertInto('partner_year_copy')
    .values([...new Set(years)].map((year) => ({ partner_id: partnerId, year, network_id: networkId })))
    .execute();
}

export async function findPartnerYears(
  db: VenuesReader,
  partnerIds: readonly string[],
): Promise<{ partnerId: string; year: number; networkId: string }[]> {
  const rows = await db
    .selectFrom('partner_year_copy')
    .selectAll()
    .where('partner_id', 'in', partnerIds)
    .orderBy('year')
    .execute();
  return rows.map(({ partner_id, year, network_id }) => ({
    partnerId: partner_id,
    year,
    networkId: network_id,
  }));
}

const micro = 1_000_000;

function toRow(facts: VenueFacts, at: IsoInstant): VenueFactsTable {
  const { latitude, longitude, description } = facts;
  return {
    venue_id: facts.venueId,
    pop_up_from: facts.popUpFrom,
    pop_up_to: facts.popUpTo,
    more_categories: JSON.stringify(facts.moreCategories),
    street_address: facts.streetAddress,
    postcode: facts.postcode,
    latitude_e6: latitude === null ? null : Math.round(latitude * micro),
    longitude_e6: longitude === null ? null : Math.round(longitude * micro),
    organisation_email: facts.organisationEmail,
    organisation_phone: facts.organisationPhone,
    website: facts.website,
    description_fi: description?.fi ?? null,
    description_sv: description?.sv ?? null,
    description_en: description?.en ?? null,
    accessibility: JSON.stringify(facts.accessibility),
    changed_at: at,
  };
}

function toFacts(row: VenueFactsTable): VenueFacts {
  const description: Text | null = textOf(row.description_fi, row.description_sv, row.description_en);
  return {
    venueId: row.venue_id,
    popUpFrom: row.pop_up_from,
    popUpTo: row.pop_up_to,
    moreCategories: JSON.parse(row.more_categories) as VenueCategory[],
    streetAddress: row.street_address,
    postcode: row.postcode,
    latitude: row.latitude_e6 === null ? null : row.latitude_e6 / micro,
    longitude: row.longitude_e6 === null ? null : row.longitude_e6 / micro,
    organisationEmail: row.organisation_email,
    organisationPhone: row.organisation_phone,
    website: row.website,
    description,
    accessibility: JSON.parse(row.accessibility) as Accessibility[],
  };
}
