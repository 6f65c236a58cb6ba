import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  encodeMobileToken,
  signedBytes,
  slotOf,
  tokenHead,
  type PhoneAlgorithm,
  type TokenUse,
} from '../../subgraphs/cards/domain/mobile-token.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import type { TestCards } from './card-support.ts';

export const doorOf = (venueId: string): Viewer => ({ role: 'VENUE_STAFF', venueId });

/** A phone as the card page is one: a key pair, and what it makes with it. */
export interface TestPhone {
  readonly algorithm: PhoneAlgorithm;
  readonly publicKey: string;
  proof(code: string): string;
  token(keyId: string, at: Date, use?: TokenUse): string;
}

export function phone(algorithm: PhoneAlgorithm = 'ED25519'): TestPhone {
  const pair: { publicKey: KeyObject; privateKey: KeyObject } =
    algorithm === 'ED25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = (bytes: Uint8Array): Buffer =>
    algorithm === 'ED25519'
      ? sign(null, bytes, pair.privateKey)
      : sign('sha256', bytes, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    algorithm,
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    proof: (code) => signed(Buffer.from(`culture-card/enrol/${code.replaceAll('-', '')}`)).toString('base64'),
    token(keyId, at, use = 'show') {
      const head = tokenHead(keyId, slotOf(at));
      return encodeMobileToken(head, signed(signedBytes(head, use)));
    },
  };
}

export type Said = Readonly<Record<string, unknown>> & { readonly __typename: string };

const refused = (type: string): string => `... on ${type} { code facts { name value } message { fi sv en } }`;

const documents = {
  createEnrolmentCode: `mutation ($cardId: ID!) { said: createEnrolmentCode(cardId: $cardId) { __typename
    ... on EnrolmentCode { enrolmentCode expiresAt } ${refused('PhoneRefusal')} } }`,
  enrolPhone: `mutation ($input: EnrolPhoneInput!) { said: enrolPhone(input: $input) { __typename
    ... on EnrolledPhone { phoneId keyId kind validUntil serverTime } ${refused('PhoneRefusal')} } }`,
  revokePhone: 'mutation ($phoneId: ID!) { said: revokePhone(phoneId: $phoneId) { __typename phoneId } }',
  removeOwnPhone: `mutation ($token: String!) { said: removeOwnPhone(token: $token) { __typename
    ... on RemovedPhone { phoneId } ${refused('PhoneRefusal')} } }`,
  phones: 'query ($cardId: ID!) { said: phones(cardId: $cardId) { __typename id algorithm enrolledAt } }',
  presentCard: `mutation ($input: PresentCardInput!) { said: presentCard(input: $input) { __typename
    ... on Presentation { childrenAllowed allowedLines token card { id } } ${refused('PresentationRefusal')} } }`,
  presentForHolder: `mutation ($input: PresentForHolderInput!) { said: presentForHolder(input: $input) { __typename
    ... on Presentation { childrenAllowed allowedLines token card { id } } ${refused('PresentationRefusal')} } }`,
  presentGroup: `mutation ($input: PresentGroupInput!) { said: presentGroup(input: $input) { __typename
    ... on GroupPresentation { presentations { childrenAllowed allowedLines token card { id } } }
    ... on GroupRefusal { code message { fi sv en } facts { name value } cards { place refusal { code } } } } }`,
  unlockVenue:
    'mutation ($venueId: ID!) { said: unlockVenue(venueId: $venueId) { __typename venueId opened } }',
  offlineKeys: `query ($venueId: ID!, $since: DateTime, $first: Int, $after: String) {
    said: offlineKeys(venueId: $venueId, since: $since) { __typename asOf isWhole keys(first: $first, after: $after) {
      totalCount pageInfo { endCursor hasNextPage }
      nodes { keyId publicKey algorithm kind childrenAllowed validUntil } } } }`,
} as const;

/** What an operation says; an error as `{ __typename: 'error', code }`. */
export async function say(
  cards: TestCards,
  operation: keyof typeof documents,
  viewer: Viewer,
  variables: Record<string, unknown>,
): Promise<Said> {
  const { data, errors } = await cards.ask(viewer, documents[operation], variables);
  const [error] = errors ?? [];
  if (error) return { __typename: 'error', code: error.extensions['code'] ?? error.message };
  return data?.['said'] as Said;
}

/** A phone added to a card by its holder: what the server said, and the phone. */
export async function addPhone(
  cards: TestCards,
  cardId: string,
  own: TestPhone = phone(),
): Promise<{ phoneId: string; keyId: string; own: TestPhone; code: string }> {
  const said = await say(cards, 'createEnrolmentCode', { role: 'HOLDER', cardId }, { cardId });
  const code = String(said['enrolmentCode']);
  const { algorithm, publicKey } = own;
  const input = { code, publicKey, algorithm, proof: own.proof(code) };
  const enrolled = await say(cards, 'enrolPhone', { role: 'ANONYMOUS' }, { input });
  if (enrolled.__typename !== 'EnrolledPhone') throw new Error(JSON.stringify(enrolled));
  return { phoneId: String(enrolled['phoneId']), keyId: String(enrolled['keyId']), own, code };
}
