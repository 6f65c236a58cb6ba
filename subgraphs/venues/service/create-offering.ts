import { conflict } from '../../platform/errors.ts';
import { appendEvents } from '../../platform/events/index.ts';
import { newId, stableId } from '../../platform/ids.ts';
import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { NewOffering, Offering } from '../domain/catalogue.ts';
import { checkComplete, checkOffering, type OfferingFacts } from '../domain/offering-facts.ts';
import { problem, refuseProblems, type Problem } from '../domain/problem.ts';
import { checkRequestId } from '../domain/request.ts';
import { checkDates, dateOfCourse, datesOf, type DatesWish, type WrittenFacts } from '../domain/wish.ts';
import type { OfferingKind } from '../domain/words.ts';
import { insertOfferings } from '../store/catalogue.ts';
import type { VenuesReader } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { findCreatedFrom, insertOfferingFacts } from '../store/offering-facts.ts';
import { findOfferings } from '../store/offerings.ts';
import { findDefaults } from '../store/venue-defaults.ts';
import { listGenres } from '../store/venues.ts';
import { capRules, checkCap } from './check-caps.ts';
import { venueKey, type Environment } from './environment.ts';
import { ownVenue } from './own-venue.ts';
import { shownEvent } from './shown-event.ts';

export interface CreateOfferingInput {
  readonly venueId: string;
  readonly requestId: string;
  readonly kind: OfferingKind;
  readonly title: Text;
  readonly description: Text | null;
  readonly genreIds: readonly string[];
  /** Null: the venue's default. */
  readonly oncePerProduction: boolean | null;
  readonly facts: WrittenFacts;
  readonly dates: DatesWish;
  /** Of a course; left out: all its places. */
  readonly courseCap: TicketCount | null;
  readonly publish: boolean;
}

const mostGenres = 10;

/**
 * A new offering of any kind with its dates, each with its cap counter; a draft unless it is published at once. The same
 * requestId again gives back the same offering. Throws FORBIDDEN, NOT_FOUND, REQUEST_ID_REUSED, BAD_INPUT (facts.problem).
 */
export async function createOffering(
  env: Environment,
  viewer: Viewer,
  input: CreateOfferingInput,
): Promise<Offering> {
  const db = env.database.reader;
  const { venueId, requestId, kind, facts: written, dates, publish } = input;
  const venue = await ownVenue(db, viewer, venueId);
  checkRequestId(requestId);
  const id = stableId('offering', venueId, requestId);
  const createdFrom = sha256(JSON.stringify(input));
  const earlier = await findEarlier(db, id, createdFrom);
  if (earlier) return earlier;

  const now = env.clock.now().toISOString();
  refuseProblems([
    ...checkOffering({ ...input, facts: written }, venue.type),
    ...checkDates(dates, kind, now),
    ...(await checkGenres(db, input.genreIds)),
  ]);
  const ofCourse = dateOfCourse(written.terms, input.courseCap);
  const wishes = [...datesOf(dates), ...(ofCourse ? [ofCourse] : [])];
  const facts: OfferingFacts = { ...written, offeringId: id, firstPublishedAt: publish ? now : null };
  const rules = await capRules(db);
  refuseProblems([
    ...wishes.flatMap((wish, index) => checkCap(wish, `performances[${index}]`, venue, rules)),
    ...(publish ? checkComplete(kind, facts, wishes.length) : []),
  ]);
  const defaults = (await findDefaults(db, [venueId])).get(venueId);
  const offering: NewOffering = {
    id,
    venueId,
    kind,
    title: input.title,
    description: input.description,
    published: publish,
    demo: false,
    oncePerProduction: input.oncePerProduction ?? defaults?.oncePerProduction ?? false,
    genreIds: [...new Set(input.genreIds)],
    // A cap that nobody said is the venue's default.
    performances: wishes.map((wish) => ({ id: newId(), ...wish, cap: wish.cap ?? undefined })),
  };
  const isNew = await env.database.write(async (trx) => {
    // Two identical calls at once: the one that comes second finds the offering there.
    if ((await findOfferings(trx, [id])).length > 0) return false;
    const inserted = await insertOfferings(trx, [{ ...offering, performances: [] }], now);
    if (inserted.offerings === 0) return false;
    await insertOfferings(trx, [offering], now);
    await insertOfferingFacts(trx, [{ facts, createdFrom }], now);
    if (publish) await appendEvents(trx, [shownEvent(offering, true)], now);
    return true;
  });
  if (isNew) env.live.put(venueKey(venueId));
  const stored = await findEarlier(db, id, createdFrom);
  if (!stored) throw new Error(`Offering ${id} was not stored.`);
  return stored;
}

async function findEarlier(db: VenuesReader, id: string, createdFrom: string): Promise<Offering | null> {
  const [offering] = await findOfferings(db, [id]);
  if (!offering) return null;
  if ((await findCreatedFrom(db, id)) === createdFrom) return offering;
  throw conflict('REQUEST_ID_REUSED', 'This requestId belongs to another offering.', { offeringId: id });
}

/** Genres that exist, not too many of them. */
export async function checkGenres(db: VenuesReader, genreIds: readonly string[]): Promise<Problem[]> {
  if (genreIds.length > mostGenres) return [problem('TOO_MANY', 'genreIds', { most: mostGenres })];
  if (genreIds.length === 0) return [];
  const known = new Set((await listGenres(db)).map(({ id }) => id));
  return genreIds.flatMap((id, index) =>
    known.has(id) ? [] : [problem('UNKNOWN_GENRE', `genreIds[${index}]`)],
  );
}
