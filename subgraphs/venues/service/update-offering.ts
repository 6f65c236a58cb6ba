import { appendEvents } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Offering } from '../domain/catalogue.ts';
import { checkComplete, checkOffering, noFacts, type OfferingFacts } from '../domain/offering-facts.ts';
import { refuseProblems } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { dateOfCourse } from '../domain/wish.ts';
import { insertOfferings } from '../store/catalogue.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { lockCounter } from '../store/ledger.ts';
import { lockPerformance, movePerformance, setTickets } from '../store/move-performances.ts';
import {
  countPerformances,
  findOfferingFacts,
  lockOffering,
  saveOffering,
  saveOfferingFacts,
} from '../store/offering-facts.ts';
import { findOfferings, findPerformances, findPerformancesOf } from '../store/offerings.ts';
import { checkGenres } from './create-offering.ts';
import { ring, venueKey, type Environment } from './environment.ts';
import { given, kept } from './given.ts';
import { movedEvents } from './move-performance.ts';
import { ownOffering } from './own-venue.ts';

/** What is left out stays; null takes away what may be empty. Lists are replaced whole. */
export interface UpdateOfferingInput {
  readonly offeringId: string;
  readonly title?: Text | null | undefined;
  readonly description?: Text | null | undefined;
  readonly genreIds?: readonly string[] | null | undefined;
  readonly oncePerProduction?: boolean | null | undefined;
  readonly ageFrom?: number | null | undefined;
  readonly ageTo?: number | null | undefined;
  readonly languages?: readonly string[] | null | undefined;
  readonly images?: OfferingFacts['images'] | null | undefined;
  readonly terms: { readonly [Part in keyof Terms]?: Terms[Part] | undefined };
}

/**
 * Changes what an offering says. A course whose sessions move tells everyone with a place. Throws FORBIDDEN, NOT_FOUND,
 * BAD_INPUT (facts.problem).
 */
export async function updateOffering(
  env: Environment,
  viewer: Viewer,
  input: UpdateOfferingInput,
): Promise<Offering> {
  const db = env.database.reader;
  const { offeringId } = input;
  const { venue } = await ownOffering(db, viewer, offeringId);
  refuseProblems(await checkGenres(db, input.genreIds ?? []));
  const now = env.clock.now().toISOString();
  const changed = await env.database.write(async (trx) => {
    await lockOffering(trx, offeringId);
    const [before] = await findOfferings(trx, [offeringId]);
    if (!before) throw new Error(`Offering ${offeringId} is gone.`);
    const [stored] = await findOfferingFacts(trx, [offeringId]);
    const offering: Offering = {
      ...before,
      title: kept(input.title, before.title),
      description: given(input.description, before.description),
      oncePerProduction: kept(input.oncePerProduction, before.oncePerProduction),
    };
    const facts = changedFacts(stored ?? firstFacts(before, now), input);
    refuseProblems(checkOffering({ ...offering, facts }, venue.type));
    await saveOffering(trx, offering, input.genreIds ? [...new Set(input.genreIds)] : null);
    await saveOfferingFacts(trx, facts, now);
    if (input.terms.course) await followCourse(trx, offering, facts, now);
    if (offering.published) {
      const performances = (await countPerformances(trx, [offeringId])).get(offeringId) ?? 0;
      refuseProblems(checkComplete(offering.kind, facts, performances));
    }
    return offering;
  });
  env.live.put(venueKey(changed.venueId));
  if (input.terms.course) {
    for (const performance of await findPerformancesOf(db, offeringId)) ring(env.live, performance);
  }
  return changed;
}

const firstFacts = ({ id, published }: Offering, now: IsoInstant): OfferingFacts => ({
  ...noFacts(id),
  firstPublishedAt: published ? now : null,
});

function changedFacts(before: OfferingFacts, input: UpdateOfferingInput): OfferingFacts {
  const { terms } = before;
  return {
    ...before,
    ageFrom: given(input.ageFrom, before.ageFrom),
    ageTo: given(input.ageTo, before.ageTo),
    languages: kept(input.languages, before.languages),
    images: kept(input.images, before.images),
    terms: {
      course: kept(input.terms.course, terms.course),
      opening: given(input.terms.opening, terms.opening),
      pass: kept(input.terms.pass, terms.pass),
      fees: kept(input.terms.fees, terms.fees),
    },
  };
}

/** A course's one performance follows its sessions. */
async function followCourse(
  trx: VenuesTransaction,
  offering: Offering,
  { terms }: OfferingFacts,
  now: IsoInstant,
): Promise<void> {
  const wish = dateOfCourse(terms, null);
  if (!wish) return;
  const [known] = await findPerformancesOf(trx, offering.id);
  if (!known) {
    await insertOfferings(
      trx,
      [{ ...offering, genreIds: [], performances: [{ id: newId(), ...wish }] }],
      now,
    );
    return;
  }
  await lockPerformance(trx, known.id);
  await lockCounter(trx, known.id);
  const [performance = known] = await findPerformances(trx, [known.id]);
  await setTickets(trx, performance.id, wish);
  if (!(await movePerformance(trx, performance.id, wish))) return;
  await appendEvents(trx, await movedEvents(trx, performance, offering, wish, now), now);
}
