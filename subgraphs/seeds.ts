import { setTimeout as sleep } from 'node:timers/promises';
import { beginning, openEventLog } from './platform/events/log.ts';
import type { SubgraphName } from './platform/names.ts';
import type { SubgraphOptions } from './platform/subgraph.ts';

/** Of whose events the demo of a subgraph is made: cards are given to the issuers that networks publishes. */
const seedsOf: Partial<Record<SubgraphName, SubgraphName>> = { cards: 'networks' };

const pollMs = 200;

/**
 * Resolves when the demo of this subgraph can be loaded. In processes of their own, subgraphs start in any order, and one
 * that loaded before its source has published would stay without demo until its next start.
 */
export async function waitForSeeds(
  name: SubgraphName,
  { demo, location, logger }: SubgraphOptions,
  stop: AbortSignal,
): Promise<void> {
  const source = seedsOf[name];
  if (!demo || source === undefined) return;
  const log = openEventLog(location, source);
  try {
    for (let polls = 0; !stop.aborted; polls += 1) {
      // It fails as long as the other has never started.
      if (await log.pending(beginning).catch(() => false)) return;
      if (polls === 0) logger.info(`${name} waits for ${source}, of whose events its demo is made`);
      await sleep(pollMs);
    }
  } finally {
    await log.close();
  }
}
