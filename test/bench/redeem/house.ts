/** A venue with performances that anybody may come to, and wishes of cards that come once. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { sameInAll } from '../../../subgraphs/platform/text.ts';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { redeemText } from '../../../subgraphs/venues/domain/request.ts';
import { doorFacts, findPerformance, type DoorFacts } from '../../../subgraphs/venues/service/door-facts.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { registerVenues } from '../../../subgraphs/venues/service/register-venues.ts';
import type { Wish } from '../../../subgraphs/venues/service/wish.ts';
import { savePresentationKey } from '../../../subgraphs/venues/store/copies.ts';
import type { VenuesDatabase } from '../../../subgraphs/venues/store/database.ts';
import { sha256 } from '../../../subgraphs/venues/store/hash.ts';

const hour = 3_600_000;
const allowed = { HOLDER: 1, CHILD: 2, ASSISTANT: 1 };
export const lines = [{ type: 'HOLDER', count: 1 }] as const;
/** More than any bench redeems: nobody is turned away. */
const cap = 1_000_000_000;

export interface House {
  readonly venueId: string;
  readonly performanceIds: readonly string[];
  readonly staff: Viewer;
  /** What cards would sign for a new card. */
  readonly newToken: () => string;
}

/** Opens a season of so many performances this evening. */
export async function openHouse(database: VenuesDatabase, performances: number): Promise<House> {
  const venueId = newId();
  await registerVenues(database, [
    {
      id: venueId,
      slug: `venue-${venueId}`,
      name: sameInAll('Bench house'),
      kind: 'FIXED',
      type: 'THEATRE',
      category: 'CULTURE',
      municipalityId: 'kuopio',
      locality: null,
      networkId: 'pohjois-savo',
      partnerId: `partner-${venueId}`,
      popUpPeriod: null,
      aliases: [],
      source: 'bench',
    },
  ]);
  const now = Date.now();
  const season = Array.from({ length: performances }, () => ({
    id: newId(),
    startsAt: new Date(now + hour).toISOString(),
    endsAt: new Date(now + 3 * hour).toISOString(),
    tickets: null,
    ticketBasis: null,
    cap,
  }));
  await publishOfferings(
    database,
    [
      {
        id: newId(),
        venueId,
        kind: 'PRODUCTION',
        title: sameInAll('Bench play'),
        description: null,
        genreIds: [],
        published: true,
        demo: false,
        oncePerProduction: false,
        performances: season,
      },
    ],
    new Date(now),
  );
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keyId = newId();
  const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  await database.write((trx) =>
    savePresentationKey(trx, { keyId, publicKey: spki, publishedAt: new Date(now).toISOString() }),
  );
  const exp = Math.floor((now + hour) / 1_000);
  return {
    venueId,
    performanceIds: season.map(({ id }) => id),
    staff: { role: 'VENUE_STAFF', venueId },
    newToken: () => {
      const ids = { kid: keyId, jti: newId(), card: newId(), kind: 'PERSONAL', venue: venueId };
      const body = Buffer.from(JSON.stringify({ v: 1, ...ids, lines: allowed, exp })).toString('base64url');
      return `${body}.${sign(null, Buffer.from(body), privateKey).toString('base64url')}`;
    },
  };
}

/** Facts of every performance, as a door has them. */
export async function factsOf(database: VenuesDatabase, ids: readonly string[]): Promise<DoorFacts[]> {
  return Promise.all(
    ids.map(async (id) => {
      const performance = await findPerformance(database.reader, id);
      if (!performance) throw new Error('A performance of the bench is missing.');
      return doorFacts(database.reader, performance);
    }),
  );
}

/** So many wishes, each of another card, at the performances in turn. */
export function wishesAt(facts: readonly DoorFacts[], count: number): Wish[] {
  const now = new Date().toISOString();
  const expiresAt = new Date(Date.now() + hour).toISOString();
  return Array.from({ length: count }, (_, turn) => {
    const at = facts[turn % facts.length] as DoorFacts;
    const cardId = newId();
    const { venueId, id } = at.performance;
    return {
      key: {
        scope: `venue:${venueId}`,
        requestId: newId(),
        fingerprint: sha256(redeemText(cardId, id, lines)),
      },
      facts: at,
      presentation: { cardId, cardKind: 'PERSONAL', venueId, allowed, expiresAt },
      lines,
      now,
      overrides: [],
      setAside: new Set(),
      onBehalf: false,
    };
  });
}
