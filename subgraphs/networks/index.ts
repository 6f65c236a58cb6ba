import { migrate, openDatabase } from '../platform/database/index.ts';
import type { Subgraph, SubgraphOptions } from '../platform/subgraph.ts';
import { networksSchema, type NetworksContext } from './schema/index.ts';
import { Catalogue } from './service/catalogue.ts';
import { loadDocuments } from './service/load-documents.ts';
import { migrations } from './store/migrations/index.ts';
import type { NetworksTables } from './store/tables.ts';

export { networksSchema } from './schema/index.ts';

/** Opens the networks subgraph: it consumes nobody's events, so there is nothing to start or to wait for. */
export async function openNetworks(options: SubgraphOptions): Promise<Subgraph> {
  const database = await openDatabase<NetworksTables>(options.location, 'networks', options.live);
  await migrate(database, migrations);
  return {
    name: 'networks',
    schema: networksSchema(),
    context: (viewer, requestId): NetworksContext => ({
      viewer,
      requestId,
      catalogue: new Catalogue(database.reader, viewer),
    }),
    start: () => undefined,
    load: () => loadDocuments(database, options.clock),
    caughtUp: () => Promise.resolve(),
    ping: () => database.ping(),
    close: () => database.close(),
  };
}
