import { readConfig } from '../../gateway/config.ts';
import { startProduct, type Product } from '../../gateway/product.ts';
import { systemClock, type Clock } from '../../subgraphs/platform/clock.ts';
import { openDatabase, type DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { stableId } from '../../subgraphs/platform/ids.ts';
import { verifyLedger, type LedgerReport } from '../../subgraphs/venues/index.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import type { VenuesTables } from '../../subgraphs/venues/store/tables.ts';
import type { Ask } from './client.ts';

/** The settings that put a product at this place. */
export function environmentOf(location: DatabaseLocation): Record<string, string> {
  return location.engine === 'sqlite' ? { DATA_DIR: location.directory } : { DATABASE_URL: location.url };
}

/** The whole product in this process, on a free port, with real data and the demo season. */
export function startTestProduct(location: DatabaseLocation, clock: Clock = systemClock): Promise<Product> {
  return startProduct({
    clock,
    config: readConfig({ ...environmentOf(location), PORT: '0', NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
    logger: createLogger('silent'),
  });
}

/** The Kuopio city orchestra: at most 20 card holders per concert, and every day an open rehearsal all day long. */
export const orchestra = {
  slug: 'kuopion-kaupunginorkesteri',
  id: stableId('venue', 'Kuopion kaupunginorkesteri'),
};

/** The orchestra's performance that is on now: cap 20, and nobody has come yet. */
export async function performanceNow(ask: Ask): Promise<string> {
  const { data } = await ask<{ performances: { nodes: { id: string }[] } }>(
    'query ($venueId: ID!, $now: DateTime!) { performances(venueId: $venueId, from: $now, first: 1) { nodes { id } } }',
    { venueId: orchestra.id, now: new Date().toISOString() },
  );
  const [first] = data?.performances.nodes ?? [];
  if (!first) throw new Error('The demo season has nothing on now.');
  return first.id;
}

/** Codes of demo cards that are valid, without children; straight from the register, since no viewer may list codes. */
export async function validCodes(location: DatabaseLocation, count: number): Promise<string[]> {
  await using cards = await openDatabase<CardsTables>(location, 'cards', localLive());
  const rows = await cards.reader
    .selectFrom('card_code')
    .innerJoin('card', 'card.id', 'card_code.card_id')
    .select('card_code.code')
    .where('card.kind', '=', 'PERSONAL')
    .where('card.status', '=', 'ACTIVE')
    .where('card.valid_until', '>', new Date().toISOString().slice(0, 10))
    .orderBy('card_code.code')
    .limit(count)
    .execute();
  if (rows.length < count) throw new Error(`Only ${rows.length} valid demo cards.`);
  return rows.map(({ code }) => code);
}

/** The card with this code. */
export async function cardIdOf(location: DatabaseLocation, code: string): Promise<string> {
  await using cards = await openDatabase<CardsTables>(location, 'cards', localLive());
  const row = await cards.reader
    .selectFrom('card_code')
    .select('card_id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  return row.card_id;
}

export async function audit(location: DatabaseLocation): Promise<LedgerReport> {
  await using venues = await openDatabase<VenuesTables>(location, 'venues', localLive());
  return await verifyLedger(venues);
}

/** The ids of the redemptions that are stored for a performance and still valid. */
export async function storedRedemptions(
  location: DatabaseLocation,
  performanceId: string,
): Promise<string[]> {
  await using venues = await openDatabase<VenuesTables>(location, 'venues', localLive());
  const rows = await venues.reader
    .selectFrom('redemption')
    .select('id')
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'VALID')
    .execute();
  return rows.map(({ id }) => id);
}
