import { AppError, forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { fold } from '../../platform/pagination.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Venue } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { findPopUps, makeFixed, savePartnerYears, type Membership } from '../store/venue-facts.ts';
import { findVenues } from '../store/venues.ts';
import type { Environment } from './environment.ts';

export interface AdmitPopUpInput extends Membership {
  readonly venueId: string;
}

/**
 * A pop-up whose municipality has joined becomes an ordinary venue. Doing it again changes nothing. For the national
 * centre. Throws FORBIDDEN, NOT_FOUND, BAD_INPUT (a venue that was never a pop-up).
 */
export async function admitPopUp(
  env: Environment,
  viewer: Viewer,
  { venueId, ...membership }: AdmitPopUpInput,
): Promise<Venue> {
  if (!policy.admitPopUp(viewer)) throw forbidden();
  const [venue] = await findVenues(env.database.reader, [venueId]);
  if (!venue) throw notFound('Venue', venueId);
  const { municipalityId, networkId, partnerId } = membership;
  if (venue.kind === 'FIXED') {
    if (venue.networkId === networkId && venue.partnerId === partnerId) return venue;
    throw new AppError('BAD_INPUT', 'The venue is an ordinary one already.', { problem: 'NOT_A_POP_UP' });
  }
  await env.database.write((trx) => admit(trx, venueId, membership, env.clock.now().toISOString()));
  return { ...venue, kind: 'FIXED', municipalityId, networkId, partnerId, locality: null };
}

export interface PartnerRegistered extends Membership {
  readonly role: string;
  readonly name: string;
  readonly years: readonly number[];
}

/**
 * What networks tells of a partner: its years; and a partner under the name of a pop-up is that venue, which has become an
 * ordinary one.
 */
export async function partnerRegistered(
  trx: VenuesTransaction,
  { role, name, years, ...membership }: PartnerRegistered,
  at: IsoInstant,
): Promise<void> {
  if (role !== 'VENUE') return;
  await savePartnerYears(trx, membership.partnerId, membership.networkId, years);
  const wanted = fold(name.trim());
  const popUp = (await findPopUps(trx)).find(({ names }) => names.some((each) => fold(each) === wanted));
  if (popUp) await admit(trx, popUp.id, membership, at);
}

async function admit(
  trx: VenuesTransaction,
  venueId: string,
  membership: Membership,
  at: IsoInstant,
): Promise<void> {
  if (!(await makeFixed(trx, venueId, membership))) return;
  await appendEvent(trx, { topic: 'venue.admitted', payload: { venueId, ...membership } }, at);
}
