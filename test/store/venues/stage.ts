import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { FixedClock } from '../../../subgraphs/platform/clock.ts';
import { migrate, openDatabase } from '../../../subgraphs/platform/database/index.ts';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Live } from '../../../subgraphs/platform/live/index.ts';
import type { SubgraphOptions } from '../../../subgraphs/platform/subgraph.ts';
import { sameInAll } from '../../../subgraphs/platform/text.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import type { NewOffering, NewPerformance, NewVenue } from '../../../subgraphs/venues/domain/catalogue.ts';
import type { CardKind, TicketLine } from '../../../subgraphs/venues/domain/lines.ts';
import { environment, type Environment } from '../../../subgraphs/venues/service/environment.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { redeem, type RedeemAnswer, type RedeemInput } from '../../../subgraphs/venues/service/redeem.ts';
import { verifyLedger } from '../../../subgraphs/venues/service/verify-ledger.ts';
import { verifyPools } from '../../../subgraphs/venues/service/verify-pools.ts';
import { registerVenues } from '../../../subgraphs/venues/service/register-venues.ts';
import { savePresentationKey } from '../../../subgraphs/venues/store/copies.ts';
import type { VenuesDatabase } from '../../../subgraphs/venues/store/database.ts';
import { migrations } from '../../../subgraphs/venues/store/migrations/index.ts';
import type { VenuesTables } from '../../../subgraphs/venues/store/tables.ts';
import { afterAll } from 'vitest';
import { options, testNow, type TestEngine } from '../../support/databases.ts';

/** Two venues with an empty season, and what a door needs. */
export interface Stage {
  readonly env: Environment;
  readonly database: VenuesDatabase;
  readonly clock: FixedClock;
  readonly live: Live;
  /** For opening the whole subgraph in the same place. */
  readonly options: SubgraphOptions;
  readonly keys: SigningKey;
  readonly venueId: string;
  readonly otherVenueId: string;
  readonly staff: Viewer;
  readonly otherStaff: Viewer;
}

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

export function signingKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    keyId: newId(),
    privateKey,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

export function newVenue(id: string, changes: Partial<NewVenue> = {}): NewVenue {
  return {
    id,
    slug: `venue-${id}`,
    name: sameInAll(`Venue ${id}`),
    kind: 'FIXED',
    type: 'THEATRE',
    category: 'CULTURE',
    municipalityId: 'kuopio',
    locality: null,
    networkId: 'pohjois-savo',
    partnerId: `partner-${id}`,
    popUpPeriod: null,
    aliases: [],
    source: 'test',
    ...changes,
  };
}

interface House {
  readonly database: VenuesDatabase;
  readonly options: ReturnType<typeof options>;
}

/** One database per test file and engine: making one takes longer than most tests. */
const houses = new Map<TestEngine, Promise<House>>();

afterAll(async () => {
  for (const house of houses.values()) {
    const { database, options } = await house;
    await database.close();
    await options.live.close();
  }
});

async function build(engine: TestEngine): Promise<House> {
  const opened = options(await engine.location());
  const database = await openDatabase<VenuesTables>(opened.location, 'venues', opened.live);
  await migrate(database, migrations);
  return { database, options: opened };
}

/** Children before their parents. */
const tables = [
  'ledger_audit_fault',
  'ledger_audit',
  'rating_answer',
  'rating_average',
  'rating',
  'outbox',
  'consumer_cursor',
  'request',
  'turn_away',
  'card_identity',
  'no_show',
  'visit',
  'pass_entry',
  'card_pass',
  'fee_use',
  'fee_year',
  'redemption_group_member',
  'redemption_group',
  'group_hold',
  'offline_conflict',
  'offline_slice',
  'waiting_entry',
  'redemption_line',
  'redemption_override',
  'redemption',
  'hold',
  'ledger',
  'cap_counter',
  'pool_change',
  'cap_pool',
  'rule_copy',
  'presentation_key',
  'venue_default',
  'performance',
  'offering_facts',
  'imported',
  'import_part',
  'venue_facts',
  'partner_year_copy',
  'offering_genre',
  'offering',
  'genre',
  'venue',
] as const;

/** An empty stage at the tests' usual time. Close the subgraphs that are opened on it; the stage itself stays. */
export async function openStage(engine: TestEngine): Promise<Stage> {
  const building = houses.get(engine) ?? build(engine);
  houses.set(engine, building);
  const { database, options: opened } = await building;
  const { live, clock } = opened;
  clock.set(testNow);
  await database.write(async (trx) => {
    for (const table of tables) await trx.deleteFrom(table).execute();
  });
  const venueId = newId();
  const otherVenueId = newId();
  await registerVenues(database, [newVenue(venueId), newVenue(otherVenueId)]);
  const keys = signingKey();
  await database.write((trx) =>
    savePresentationKey(trx, { ...keys, publishedAt: clock.now().toISOString() }),
  );
  return {
    env: environment({ database, live, clock }),
    database,
    clock,
    live,
    options: opened,
    keys,
    venueId,
    otherVenueId,
    staff: { role: 'VENUE_STAFF', venueId },
    otherStaff: { role: 'VENUE_STAFF', venueId: otherVenueId },
  };
}

const hour = 3_600_000;

/** A performance this evening, in the stage's own time. */
export function newPerformance({ clock }: Stage, changes: Partial<NewPerformance> = {}): NewPerformance {
  const now = clock.now().getTime();
  return {
    id: newId(),
    startsAt: new Date(now + 6 * hour).toISOString(),
    endsAt: new Date(now + 9 * hour).toISOString(),
    tickets: 300,
    ticketBasis: 'CAPACITY',
    cap: 20,
    ...changes,
  };
}

export function newOffering(stage: Stage, changes: Partial<NewOffering> = {}): NewOffering {
  return {
    id: newId(),
    venueId: stage.venueId,
    kind: 'PRODUCTION',
    title: { fi: 'Näytelmä', sv: 'Pjäs', en: 'Play' },
    description: null,
    genreIds: [],
    published: true,
    demo: true,
    oncePerProduction: false,
    performances: [newPerformance(stage)],
    ...changes,
  };
}

/** One published performance with this cap; gives its id. */
export async function onStage(
  stage: Stage,
  performance: Partial<NewPerformance> = {},
  offering: Partial<NewOffering> = {},
): Promise<string> {
  const added = newPerformance(stage, performance);
  await publishOfferings(
    stage.database,
    [newOffering(stage, { performances: [added], ...offering })],
    stage.clock.now(),
  );
  return added.id;
}

export interface TokenFacts {
  readonly card?: string;
  readonly kind?: CardKind;
  readonly venue?: string;
  readonly lines?: Readonly<Record<string, number>>;
  readonly livesMs?: number;
  readonly key?: SigningKey;
  /** The mark of a token that a unit made for a holder. */
  readonly behalf?: (jti: string) => string;
}

/** What cards would sign. */
export function token(stage: Stage, facts: TokenFacts = {}): string {
  const {
    card = newId(),
    kind = 'PERSONAL',
    venue = stage.venueId,
    livesMs = 600_000,
    key = stage.keys,
  } = facts;
  const lines =
    facts.lines ?? (kind === 'PERSONAL' ? { HOLDER: 1, CHILD: 4, ASSISTANT: 1 } : { COMMUNITY_WORKER: 1 });
  const exp = Math.floor((stage.clock.now().getTime() + livesMs) / 1000);
  const jti = newId();
  const mark = facts.behalf ? { behalf: facts.behalf(jti) } : {};
  const payload = { v: 1, kid: key.keyId, jti, card, kind, venue, lines, exp, ...mark };
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${sign(null, Buffer.from(body), key.privateKey).toString('base64url')}`;
}

export const holder: readonly TicketLine[] = [{ type: 'HOLDER', count: 1 }];
export const family = (children: number): readonly TicketLine[] => [
  ...holder,
  { type: 'CHILD', count: children },
];

/** The venue's staff redeems a new card for one ticket, unless told otherwise. */
export async function atDoor(
  stage: Stage,
  performanceId: string,
  changes: Partial<RedeemInput> & { readonly card?: string } = {},
): Promise<RedeemAnswer> {
  const { card, ...input } = changes;
  return redeem(stage.env, stage.staff, {
    presentation: token(stage, card === undefined ? {} : { card }),
    performanceId,
    lines: holder,
    requestId: newId(),
    ...input,
  });
}

/** An answer as a test compares it: the refusal's code, or the status of what was given. */
export const said = (answer: { readonly code: string } | { readonly status: string }): string =>
  'code' in answer ? answer.code : answer.status;

/** Nothing that a test did may leave a fault in any ledger. */
export async function checkLedger(stage: Stage): Promise<void> {
  const faults = [
    ...(await verifyLedger(stage.database)).faults,
    ...(await verifyPools(stage.database)).faults,
  ];
  if (faults.length > 0) throw new Error(`The ledger has faults: ${JSON.stringify(faults)}`);
}
