/** The product in one process: all four subgraphs with their consumers, and the gateway with all its protection. */
import path from 'node:path';
import { supergraphOf } from '../../../../gateway/supergraph/committed.ts';
import { subgraphKinds } from '../../../../subgraphs/all.ts';
import { packageRoot } from '../../../../subgraphs/platform/assets.ts';
import { newId } from '../../../../subgraphs/platform/ids.ts';
import { systemClock } from '../../../../subgraphs/platform/clock.ts';
import { openDatabase } from '../../../../subgraphs/platform/database/index.ts';
import { localLive } from '../../../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../../../subgraphs/platform/logger.ts';
import { subgraphNames } from '../../../../subgraphs/platform/names.ts';
import type { Viewer } from '../../../../subgraphs/platform/viewer.ts';
import { verifyLedger } from '../../../../subgraphs/venues/service/verify-ledger.ts';
import { findCounters } from '../../../../subgraphs/venues/store/ledger.ts';
import type { VenuesTables } from '../../../../subgraphs/venues/store/tables.ts';
import { answerParent } from '../../support/children.ts';
import { startOurs } from '../../support/ours.ts';
import { lines, openHouse } from '../house.ts';

/** What the door's page asks. */
const document =
  'mutation Redeem($input: RedeemInput!) { redeem(input: $input) { __typename ... on Redemption { id tickets lines { type count } performance { id capCounter { cap used remaining sequence asOf } } } ... on RedemptionRefusal { code message { fi sv en } rule { since source } } } }';

export type ProductOrder =
  { readonly bodies: number; readonly callers: number } | { readonly used: true } | { readonly verify: true };

export interface ProductAnswer {
  /** Requests of new cards, each to be sent once. */
  readonly bodies: readonly string[];
  /** Tickets of all performances so far. */
  readonly used: number;
  readonly faults: number;
}

const location = { engine: 'sqlite', directory: process.env['DIRECTORY'] ?? '' } as const;
const logger = createLogger('error');
const live = localLive();
const options = { location, live, clock: systemClock, logger, demo: false };
const subgraphs = await Promise.all(subgraphNames.map((name) => subgraphKinds[name].open(options)));
const database = await openDatabase<VenuesTables>(location, 'venues', live);
const house = await openHouse(database, Number(process.env['PERFORMANCES'] ?? 1));
for (const subgraph of subgraphs) subgraph.start();
for (const subgraph of subgraphs) await subgraph.load();
for (const subgraph of subgraphs) await subgraph.caughtUp();
const staff: Viewer = house.staff;
await startOurs({
  subgraphs,
  remotes: [],
  supergraphSdl: await supergraphOf(subgraphs, path.join(packageRoot(), 'schema')),
  documents: [document],
  identify: () => ({ viewer: staff }),
});

answerParent(async (order: ProductOrder): Promise<ProductAnswer> => {
  if ('bodies' in order) return { bodies: newBodies(order.bodies), used: 0, faults: 0 };
  if ('verify' in order) {
    const { faults } = await verifyLedger(database);
    return { bodies: [], used: 0, faults: faults.length };
  }
  // What consumers still have to do would be done beside the next measurement.
  for (const subgraph of subgraphs) await subgraph.caughtUp();
  const counters = await findCounters(database.reader, house.performanceIds);
  return { bodies: [], used: counters.reduce((sum, { used }) => sum + used, 0), faults: 0 };
});

let turn = 0;

function newBodies(count: number): string[] {
  return Array.from({ length: count }, () => {
    const performanceId = house.performanceIds[turn++ % house.performanceIds.length];
    const input = { presentation: house.newToken(), performanceId, lines, requestId: newId() };
    return JSON.stringify({ query: document, variables: { input } });
  });
}
