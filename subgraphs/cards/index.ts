import { migrate, openDatabase } from '../platform/database/index.ts';
import { openEventLog, startConsumer, type Consumer } from '../platform/events/index.ts';
import type { Subgraph, SubgraphOptions } from '../platform/subgraph.ts';
import { cardsSchema } from './schema/index.ts';
import type { CardsContext } from './service/context.ts';
import { followNetworks, networksTopics } from './service/follow-networks.ts';
import { followRedemptions, redemptionTopics } from './service/follow-redemptions.ts';
import { loadDemoCards } from './service/load-demo.ts';
import { createLoaders } from './service/loaders.ts';
import type { CardsServices } from './service/services.ts';
import { createSigner, ensureSigningKey } from './service/signing.ts';
import { migrations } from './store/migrations/index.ts';
import type { CardsTables } from './store/tables.ts';

export { cardsSchema } from './schema/index.ts';

export async function openCards(options: SubgraphOptions): Promise<Subgraph> {
  const { location, live, clock, logger, demo } = options;
  const database = await openDatabase<CardsTables>(location, 'cards', live);
  await migrate(database, migrations);
  await ensureSigningKey(database, clock);
  const services: CardsServices = { database, clock, logger, signer: createSigner(database) };
  const logs = { networks: openEventLog(location, 'networks'), venues: openEventLog(location, 'venues') };
  let consumers: { networks: Consumer; venues: Consumer } | undefined;

  const start = (): { networks: Consumer; venues: Consumer } => {
    const common = { database, live, logger };
    return (consumers ??= {
      networks: startConsumer({
        ...common,
        name: 'cards.networks',
        log: logs.networks,
        topics: networksTopics,
        handle: followNetworks,
      }),
      venues: startConsumer({
        ...common,
        name: 'cards.venues',
        log: logs.venues,
        topics: redemptionTopics,
        handle: followRedemptions(logger),
      }),
    });
  };

  return {
    name: 'cards',
    schema: cardsSchema(),
    context: (viewer, requestId): CardsContext => ({
      viewer,
      requestId,
      services,
      loaders: createLoaders(services, viewer),
    }),
    start: () => void start(),
    async load() {
      if (!demo) return;
      // The demo's cards go to the named issuers, which come from networks.
      await start().networks.caughtUp();
      await loadDemoCards(services);
    },
    async caughtUp() {
      if (consumers) await Promise.all([consumers.networks.caughtUp(), consumers.venues.caughtUp()]);
    },
    ping: () => database.ping(),
    async close() {
      if (consumers) await Promise.all([consumers.networks.stop(), consumers.venues.stop()]);
      await Promise.all([logs.networks.close(), logs.venues.close()]);
      await database.close();
    },
  };
}
