import { notFound } from '../../platform/errors.ts';
import { appendEvents, type NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Partner, PartnerAlias, PartnerYear } from '../domain/partner.ts';
import { authorise } from '../domain/policy.ts';
import { municipalitiesById } from '../store/areas.ts';
import type { NetworksDatabase } from '../store/database.ts';
import { insertPartners, type PartnerRecord } from '../store/insert-partners.ts';
import { partnersById, yearsOfPartners } from '../store/partners.ts';

/** A partner as a document shows it. Its network is that of its municipality. */
export interface NewPartner extends Omit<Partner, 'networkId'> {
  readonly years: readonly PartnerYear[];
  readonly aliases: readonly PartnerAlias[];
}

/**
 * Registers partners with their years and other printings, and tells of those that are new or take part in a new year
 * (`partner.registered`). What is already there stays as it is. Throws FORBIDDEN, NOT_FOUND (municipality).
 */
export async function registerPartners(
  database: NetworksDatabase,
  viewer: Viewer,
  partners: readonly NewPartner[],
  at: IsoInstant,
): Promise<void> {
  authorise(viewer, 'registerPartner');
  await database.write(async (trx) => {
    const ids = [...new Set(partners.map((partner) => partner.municipalityId))];
    const known = new Map((await municipalitiesById(trx, ids)).map(({ id, networkId }) => [id, networkId]));
    const records = partners.map(({ years, aliases, ...partner }): PartnerRecord => {
      const networkId = known.get(partner.municipalityId);
      if (networkId === undefined) throw notFound('municipality', partner.municipalityId);
      return { partner: { ...partner, networkId }, years, aliases };
    });
    const changed = await insertPartners(trx, records);
    // Those that were known before keep what they had: the event tells what is stored, with all years.
    const [stored, years] = await Promise.all([
      partnersById(trx, [...changed]),
      yearsOfPartners(trx, [...changed]),
    ]);
    await appendEvents(
      trx,
      stored.map((partner) => registered(partner, years.get(partner.id) ?? [])),
      at,
    );
  });
}

function registered(partner: Partner, years: readonly PartnerYear[]): NewEvent {
  const { id, role, name, kind, municipalityId, networkId } = partner;
  return {
    topic: 'partner.registered',
    payload: {
      partnerId: id,
      role,
      name,
      kind,
      municipalityId,
      networkId,
      years: years.map(({ year }) => year),
    },
  };
}
