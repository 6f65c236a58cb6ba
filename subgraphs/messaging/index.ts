import { migrate, openDatabase } from '../platform/database/index.ts';
import { openEventLog, startConsumer, type Consumer } from '../platform/events/index.ts';
import type { Subgraph, SubgraphOptions } from '../platform/subgraph.ts';
import { messagingSchema, type MessagingContext } from './schema/index.ts';
import { followVenues, venuesTopics } from './service/follow-venues.ts';
import { Mailbox } from './service/mailbox.ts';
import { migrations } from './store/migrations/index.ts';
import type { MessagingTables } from './store/tables.ts';

export { messagingSchema } from './schema/index.ts';

/** Opens the messaging subgraph. It has no data of its own to load: its threads come of what venues tell. */
export async function openMessaging({ location, live, logger }: SubgraphOptions): Promise<Subgraph> {
  const database = await openDatabase<MessagingTables>(location, 'messaging', live);
  await migrate(database, migrations);
  const log = openEventLog(location, 'venues');
  let consumer: Consumer | undefined;
  return {
    name: 'messaging',
    schema: messagingSchema(),
    context: (viewer, requestId): MessagingContext => ({
      viewer,
      requestId,
      mailbox: new Mailbox(database.reader, viewer),
    }),
    start() {
      consumer ??= startConsumer({
        name: 'messaging.venues',
        log,
        database,
        live,
        logger,
        topics: venuesTopics,
        handle: followVenues,
      });
    },
    load: () => Promise.resolve(),
    caughtUp: async () => consumer?.caughtUp(),
    ping: () => database.ping(),
    async close() {
      await consumer?.stop();
      await log.close();
      await database.close();
    },
  };
}
