import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { openEventLog } from '../../subgraphs/platform/events/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { kuopio, tampere, type TestCards } from './card-support.ts';

export const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
export const otherStaff: Viewer = { role: 'ISSUER_STAFF', issuerId: tampere.partnerId };

/** A refusal, or the fields of a success: whatever the union answered. */
export type Said = Readonly<Record<string, unknown>> & { readonly __typename: string };

const issued = `card { id kind status issuedOn validUntil holder { birthYear postcode children grandchildren background }
  periods { event handedOn enteredAt validFrom validUntil } changes { kind reason fields } }`;
const refusal = (type: string): string =>
  `... on ${type} { code message { fi sv en } facts { name value } rule { key since source } }`;

/** One mutation with its input type, and what is read of the answer. */
function mutation(name: string, input: string, success: string, refused: string): string {
  return `mutation ($input: ${input}!) { answer: ${name}(input: $input) { __typename ${success} ${refusal(refused)} } }`;
}

const documents = {
  issueCard: mutation(
    'issueCard',
    'IssueCardInput',
    `... on IssuedCard { ${issued} cardCode spoken { fi sv en } validUntil validityBasis validityRule { key source } }`,
    'IssueCardRefusal',
  ),
  renewCard: mutation(
    'renewCard',
    'RenewCardInput',
    `... on RenewedCard { ${issued} validUntil validityBasis validityRule { key source } }`,
    'RenewCardRefusal',
  ),
  replaceCard: mutation(
    'replaceCard',
    'ReplaceCardInput',
    `... on ReplacedCard { ${issued} cardCode spoken { fi } }`,
    'ReplaceCardRefusal',
  ),
  correctCard: mutation(
    'correctCard',
    'CorrectCardInput',
    `... on CardChanged { ${issued} }`,
    'ChangeCardRefusal',
  ),
  mergeCards: mutation(
    'mergeCards',
    'MergeCardsInput',
    `... on CardChanged { ${issued} }`,
    'MergeCardsRefusal',
  ),
  createCardBatch: mutation(
    'createCardBatch',
    'CreateCardBatchInput',
    '... on CardBatch { id count waiting sheets createdAt }',
    'CreateCardBatchRefusal',
  ),
} as const;

export type Operation = keyof typeof documents;

export interface Desk {
  /** The answer of a mutation; an error's code as `{ __typename: 'error', code, field }`. */
  do(operation: Operation, input: object, viewer?: Viewer): Promise<Said>;
  /** suspendCard, reportCardLost and resumeCard take arguments. */
  status(call: string, viewer?: Viewer): Promise<Said>;
  read(query: string, viewer?: Viewer): Promise<Record<string, unknown>>;
}

export function deskOf(cards: TestCards): Desk {
  const ask = async (query: string, variables: object, viewer: Viewer): Promise<Said> => {
    const { data, errors } = await cards.ask(viewer, query, variables as Record<string, unknown>);
    const [error] = errors ?? [];
    if (error) {
      const facts = error.extensions['facts'] as { field?: string } | undefined;
      return { __typename: 'error', code: error.extensions['code'] ?? error.message, field: facts?.field };
    }
    return data?.['answer'] as Said;
  };
  return {
    do: (operation, input, viewer = staff) => ask(documents[operation], { input }, viewer),
    status: (call, viewer = staff) =>
      ask(
        `mutation { answer: ${call} { __typename ... on CardChanged { ${issued} } ${refusal('ChangeCardRefusal')} } }`,
        {},
        viewer,
      ),
    async read(query, viewer = staff) {
      const { data, errors } = await cards.ask(viewer, query);
      if (errors?.[0]) throw new Error(String(errors[0].extensions['code']));
      return data ?? {};
    },
  };
}

/** What a worker at the desk in Kuopio fills in. */
export function form(change: object = {}): Record<string, unknown> {
  return {
    issuerId: kuopio.partnerId,
    kind: 'PERSONAL',
    holder: { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0 },
    homeInNetwork: true,
    wellbeing: { satisfaction: { answer: 0 }, consent: true },
    toldNotToLeaveUnused: true,
    requestId: newId(),
    ...change,
  };
}

export function renewal(change: object = {}): Record<string, unknown> {
  return {
    wellbeing: { satisfaction: { answer: 7 }, increased: { declined: true }, consent: true },
    toldNotToLeaveUnused: true,
    requestId: newId(),
    ...change,
  };
}

/** Ids and codes of what issueCard answered. */
export function given(said: Said): { id: string; code: string } {
  if (said.__typename !== 'IssuedCard') throw new Error(JSON.stringify(said));
  return { id: (said['card'] as { id: string }).id, code: String(said['cardCode']) };
}

/** What a door hears of a code: a refusal's code, or how many children may come. */
export async function presentAt(cards: TestCards, code: string): Promise<unknown> {
  const { data } = await cards.ask(
    { role: 'VENUE_STAFF', venueId: 'venue-1' },
    `mutation ($code: String!) { presentCard(input: { code: $code, venueId: "venue-1" }) {
      __typename ... on PresentationRefusal { code } ... on Presentation { childrenAllowed } } }`,
    { code },
  );
  const answer = data?.['presentCard'] as { code?: string; childrenAllowed?: number };
  return answer.code ?? answer.childrenAllowed;
}

/** The payloads of one topic in the log of cards, in their order. */
export async function eventsOf(place: DatabaseLocation, topic: string): Promise<unknown[]> {
  const log = openEventLog(place, 'cards');
  const all = await log.read('0:0', 10_000);
  await log.close();
  return all.filter((event) => event.topic === topic).map(({ payload }) => payload);
}
