import { GraphQLError, type ExecutionResult } from 'graphql';
import { AppError } from '../../subgraphs/platform/errors.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { kuopio, type TestCards } from './card-support.ts';
import { addPhone, doorOf, phone } from './cards-phone-support.ts';
import { form, renewal, staff } from './cards-register-support.ts';

/** What one field is asked by whoever may ask it, and what would be a right question. */
export interface Question {
  readonly viewer: Viewer;
  readonly variables: Readonly<Record<string, unknown>>;
}

const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  '\ufeff',
  '💥',
  'İ'.repeat(12),
  '１２３４５',
  'x'.repeat(100_000),
  "'; drop table card; --",
  '%',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '{"v":1}',
  `K:${'0'.repeat(116)}`,
  `K:${':'.repeat(116)}`,
  'DEM0-0000-999S',
  '0'.repeat(12),
  'e30=',
  'NaN',
  '0000-01-01',
  '2026-02-30',
  '9999-12-31',
  '+275760-09-13T00:00:00.001Z',
];
const numbers = [0, -0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, 1e308];
const others = [
  null,
  undefined,
  true,
  false,
  [],
  {},
  [[]],
  ['x'],
  { a: 1 },
  Array.from({ length: 2_000 }, () => 'x'),
];
const nasty: readonly unknown[] = [...texts, ...numbers, ...others];

/** The question with one thing in it, at any depth, replaced by each nasty value in turn. */
export function* spoiled(value: unknown): Generator {
  yield* nasty;
  if (Array.isArray(value)) {
    for (const [place, item] of value.entries())
      for (const bad of spoiled(item)) yield value.toSpliced(place, 1, bad);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      for (const bad of spoiled(item)) yield { ...value, [name]: bad };
    }
  }
}

/** What an answer must not hold: an error that is neither GraphQL's own nor one that the caller may see. */
export function broken({ errors = [] }: ExecutionResult): string[] {
  return errors
    .filter(({ originalError }) => originalError && !(originalError instanceof GraphQLError))
    .filter(({ originalError }) => !(originalError instanceof AppError))
    .map(({ message }) => message);
}

const venueId = 'venue-1';
const national: Viewer = { role: 'NATIONAL' };
const anonymous: Viewer = { role: 'ANONYMOUS' };

/** Right questions for every mutation, on cards that are there. */
export async function mutations(cards: TestCards): Promise<Record<string, Question>> {
  const { card, code } = await cards.issue();
  const other = await cards.issue();
  const community = await cards.issue({ kind: 'COMMUNITY', holder: null });
  const cardId = card.id;
  const { phoneId, keyId, own } = await addPhone(cards, cardId);
  const fresh = phone();
  const ofUnit = (variables: Record<string, unknown>): Question => ({ viewer: staff, variables });
  return {
    presentCard: { viewer: doorOf(venueId), variables: { input: { code, venueId, usedBy: 'WORKER' } } },
    presentSeenOffline: {
      viewer: doorOf(venueId),
      variables: {
        input: {
          venueId,
          shown: [{ code: own.token(keyId, cards.clock.now()), at: cards.clock.now().toISOString() }],
        },
      },
    },
    presentForHolder: ofUnit({ input: { cardId, venueId, purpose: 'BOOKING' } }),
    presentGroup: {
      viewer: doorOf(venueId),
      variables: { input: { venueId, codes: [community.code, code] } },
    },
    unlockVenue: { viewer: national, variables: { venueId } },
    createEnrolmentCode: ofUnit({ cardId }),
    enrolPhone: {
      viewer: anonymous,
      variables: {
        input: {
          code: 'ZZZZ-ZZZZ-ZZ',
          publicKey: fresh.publicKey,
          algorithm: 'ED25519',
          proof: fresh.proof('ZZZZZZZZZZ'),
        },
      },
    },
    revokePhone: ofUnit({ phoneId }),
    removeOwnPhone: {
      viewer: anonymous,
      variables: { token: own.token(keyId, cards.clock.now(), 'remove') },
    },
    issueCard: ofUnit({ input: form({ issuedOn: '2026-11-20', printedCode: null }) }),
    renewCard: ofUnit({ input: { ...renewal(), cardId, handedOn: '2026-11-20' } }),
    suspendCard: ofUnit({ cardId, reason: 'OTHER' }),
    reportCardLost: ofUnit({ cardId }),
    resumeCard: ofUnit({ cardId }),
    correctCard: ofUnit({
      input: {
        cardId,
        reason: 'TYPED_WRONG',
        birthYear: 1991,
        postcode: '70200',
        children: 1,
        grandchildren: 1,
        background: ['STUDENT'],
      },
    }),
    mergeCards: ofUnit({ input: { fromCardId: other.card.id, intoCardId: cardId, requestId: newId() } }),
    createCardBatch: ofUnit({ input: { issuerId: kuopio.partnerId, count: 2, requestId: newId() } }),
    activateAccount: ofUnit({ input: { cardId, email: 'a@example.org', language: 'FI' } }),
    confirmAccount: { viewer: anonymous, variables: { code: 'Z'.repeat(26) } },
    closeAccount: { viewer: { role: 'HOLDER', cardId }, variables: { phones: 'KEEP' } },
    createHolderCode: ofUnit({ input: { cardId, lasts: 'TODAY' } }),
    openHolderCode: { viewer: anonymous, variables: { input: { cardCode: code, code: 'ZZZZ-ZZZZ' } } },
    printMonthSheet: ofUnit({ input: { cardId, language: 'FI' } }),
    eraseHolder: ofUnit({ input: { cardId: other.card.id, reason: 'OTHER' } }),
    replaceCard: ofUnit({
      input: { cardId, reason: 'LOST', printedCode: code, phones: 'KEEP', requestId: newId() },
    }),
  };
}

/** Right questions for every query. */
export function queries(cardId: string): Record<string, Question> {
  const issuerId = kuopio.partnerId;
  const { networkId } = kuopio;
  const ofUnit = (variables: Record<string, unknown>): Question => ({ viewer: staff, variables });
  const ofNation = (variables: Record<string, unknown>): Question => ({ viewer: national, variables });
  const page = { first: 5, after: null };
  return {
    phones: ofUnit({ cardId }),
    offlineKeys: { viewer: doorOf(venueId), variables: { venueId, since: '2026-11-22T09:00:00.000Z' } },
    cardBatches: ofUnit({ issuerId, ...page }),
    cardBatch: ofUnit({ id: cardId }),
    issuerCards: ofUnit({ issuerId, filter: 'VALID', withinDays: 3, code: null, ...page }),
    card: ofUnit({ id: cardId }),
    myCard: { viewer: { role: 'HOLDER', cardId }, variables: {} },
    issuerFigures: ofUnit({ issuerId, year: 2026 }),
    networkFigures: ofNation({ networkId, year: 2026 }),
    nationFigures: ofNation({ year: 2026 }),
    unusedCardsOfIssuer: ofUnit({ issuerId }),
    unusedCardsOfNetwork: ofNation({ networkId }),
    networkWellbeing: ofNation({ networkId, year: 2026 }),
    nationWellbeing: ofNation({ year: 2026 }),
  };
}
