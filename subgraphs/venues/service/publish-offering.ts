import { appendEvent } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Offering } from '../domain/catalogue.ts';
import { checkComplete, noFacts } from '../domain/offering-facts.ts';
import { refuseProblems } from '../domain/problem.ts';
import {
  countPerformances,
  findOfferingFacts,
  lockOffering,
  saveOffering,
  saveOfferingFacts,
} from '../store/offering-facts.ts';
import { findOfferings } from '../store/offerings.ts';
import { venueKey, type Environment } from './environment.ts';
import { ownOffering } from './own-venue.ts';
import { shownEvent } from './shown-event.ts';

/**
 * Shows an offering to holders, or hides it from them; what was redeemed stays. Doing it again changes nothing. Throws
 * FORBIDDEN, NOT_FOUND, BAD_INPUT (NOT_COMPLETE).
 */
export async function publishOffering(
  env: Environment,
  viewer: Viewer,
  offeringId: string,
  shown: boolean,
): Promise<Offering> {
  await ownOffering(env.database.reader, viewer, offeringId);
  const now = env.clock.now().toISOString();
  const { offering, isChanged } = await env.database.write(async (trx) => {
    await lockOffering(trx, offeringId);
    const [before] = await findOfferings(trx, [offeringId]);
    if (!before) throw new Error(`Offering ${offeringId} is gone.`);
    if (before.published === shown) return { offering: before, isChanged: false };
    const [stored] = await findOfferingFacts(trx, [offeringId]);
    const facts = stored ?? { ...noFacts(offeringId), firstPublishedAt: before.published ? now : null };
    if (shown) {
      const performances = (await countPerformances(trx, [offeringId])).get(offeringId) ?? 0;
      refuseProblems(checkComplete(before.kind, facts, performances));
    }
    await saveOffering(trx, { ...before, published: shown }, null);
    await saveOfferingFacts(trx, { ...facts, firstPublishedAt: facts.firstPublishedAt ?? now }, now);
    await appendEvent(trx, shownEvent(before, shown), now);
    return { offering: { ...before, published: shown }, isChanged: true };
  });
  if (isChanged) env.live.put(venueKey(offering.venueId));
  return offering;
}
