import { migrate, openDatabase } from '../platform/database/index.ts';
import { openEventLog, startConsumer, type Consumer } from '../platform/events/index.ts';
import type { Repeated } from '../platform/repeated.ts';
import type { Subgraph, SubgraphOptions } from '../platform/subgraph.ts';
import { smtpTransport } from './mail/transport.ts';
import { cardsSchema } from './schema/index.ts';
import type { CardsContext } from './service/context.ts';
import { cardTopics, followCards } from './service/follow-cards.ts';
import { followNetworks, networksTopics } from './service/follow-networks.ts';
import { followRedemptions, redemptionTopics } from './service/follow-redemptions.ts';
import { loadDemoCards } from './service/load-demo.ts';
import { createLoaders } from './service/loaders.ts';
import { startPostman } from './service/send-mail.ts';
import { createSealer, developmentSecret } from './service/secrets.ts';
import type { CardsServices } from './service/services.ts';
import { startNightShift } from './service/nightly.ts';
import { createSigner, ensureSigningKey } from './service/signing.ts';
import { migrations } from './store/migrations/index.ts';
import type { CardsTables } from './store/tables.ts';

export { cardsSchema } from './schema/index.ts';

type Consumers = Readonly<Record<'networks' | 'venues' | 'cards', Consumer>>;

export async function openCards(options: SubgraphOptions): Promise<Subgraph> {
  const { location, live, clock, logger, demo } = options;
  const sealer = createSealer(options.sealingKeys ?? developmentSecret);
  const database = await openDatabase<CardsTables>(location, 'cards', live);
  await migrate(database, migrations);
  await ensureSigningKey(database, sealer, clock);
  const services: CardsServices = { database, clock, logger, signer: createSigner(database, sealer), sealer };
  const logs = {
    networks: openEventLog(location, 'networks'),
    venues: openEventLog(location, 'venues'),
    cards: openEventLog(location, 'cards'),
  };
  let consumers: Consumers | undefined;
  let nightShift: Repeated | undefined;
  let postman: Repeated | undefined;

  const start = (): Consumers => {
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
        handle: followRedemptions,
      }),
      cards: startConsumer({
        ...common,
        name: 'cards.cards',
        log: logs.cards,
        topics: cardTopics,
        handle: followCards,
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
      loaders: createLoaders(services, viewer, requestId),
    }),
    start() {
      start();
      nightShift ??= startNightShift(services);
      const { mail } = options;
      if (mail) {
        const transport = smtpTransport(mail);
        postman ??= startPostman(services, { transport, publicUrl: mail.publicUrl });
      }
    },
    async load() {
      if (!demo) return;
      // The demo's cards go to the named issuers, which come from networks.
      await start().networks.caughtUp();
      await loadDemoCards(services);
    },
    async caughtUp() {
      if (consumers) await Promise.all(Object.values(consumers).map((consumer) => consumer.caughtUp()));
    },
    ping: () => database.ping(),
    async close() {
      await postman?.stop();
      await nightShift?.stop();
      if (consumers) await Promise.all(Object.values(consumers).map((consumer) => consumer.stop()));
      await Promise.all(Object.values(logs).map((log) => log.close()));
      await database.close();
    },
  };
}
