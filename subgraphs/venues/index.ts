import { migrate, openDatabase } from '../platform/database/index.ts';
import type { Repeated } from '../platform/repeated.ts';
import type { Subgraph, SubgraphOptions } from '../platform/subgraph.ts';
import { loadCatalogue } from './demo/load-catalogue.ts';
import { loadDemoSeason } from './demo/load-demo-season.ts';
import { venuesSchema, type VenuesContext } from './schema/index.ts';
import { startConsumers, type Consumers } from './service/consumers.ts';
import { environment } from './service/environment.ts';
import { startHoldSweeper } from './service/expire-holds.ts';
import { startLedgerAudit } from './service/ledger-audit.ts';
import { createLoaders } from './service/loaders.ts';
import { startWaitingSweeper } from './service/waiting-sweeper.ts';
import { migrations } from './store/migrations/index.ts';
import type { VenuesTables } from './store/tables.ts';

export { venuesSchema } from './schema/index.ts';
export { verifyLedger, type LedgerReport } from './service/verify-ledger.ts';
export { verifyPools, type PoolsReport } from './service/verify-pools.ts';

/** Opens the venues subgraph. It follows the rules of networks and the presentation keys of cards. */
export async function openVenues(options: SubgraphOptions): Promise<Subgraph> {
  const { location, live, clock, demo } = options;
  const database = await openDatabase<VenuesTables>(location, 'venues', live);
  await migrate(database, migrations);
  const env = environment(
    { database, live, clock },
    { onFailure: (err) => options.logger.warn({ err }, 'redemptions stored one by one: a batch failed') },
  );
  let consumers: Consumers | undefined;
  let sweeper: Repeated | undefined;
  let waiting: Repeated | undefined;
  let audit: Repeated | undefined;
  return {
    name: 'venues',
    schema: venuesSchema(),
    context: (viewer, requestId): VenuesContext => ({
      viewer,
      requestId,
      env,
      loaders: createLoaders(env, viewer),
    }),
    start: () => {
      consumers ??= startConsumers(database, options);
      sweeper ??= startHoldSweeper(env, options.logger);
      waiting ??= startWaitingSweeper(env, options.logger);
      audit ??= startLedgerAudit(env, options.logger);
    },
    load: async () => {
      await loadCatalogue(database);
      if (demo) await loadDemoSeason(database, clock.now());
    },
    caughtUp: async () => consumers?.caughtUp(),
    ping: () => database.ping(),
    close: async () => {
      await audit?.stop();
      await sweeper?.stop();
      await waiting?.stop();
      await consumers?.stop();
      await database.close();
    },
  };
}
