import { newId } from '../../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import type { Environment } from '../../../subgraphs/venues/service/environment.ts';
import { acceptOffer } from '../../../subgraphs/venues/service/waiting-accept.ts';
import { joinWaitingList } from '../../../subgraphs/venues/service/waiting-join.ts';
import type { WaitingEntry } from '../../../subgraphs/venues/service/waiting-own.ts';
import { findEntry } from '../../../subgraphs/venues/store/waiting-entries.ts';
import { atDoor, family, holder, type Stage } from './stage.ts';

export const asCard = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });

/** The code of a refusal, or the status of the entry. */
export async function joining(
  stage: Stage,
  performanceId: string,
  { card = newId(), places = 1, requestId = newId(), env = stage.env }: Partial<Joining> = {},
): Promise<string> {
  const lines = places === 1 ? holder : family(places - 1);
  const answer = await joinWaitingList(env, asCard(card), { performanceId, lines, requestId });
  return isRefusal(answer) ? answer.code : answer.entry.status;
}

interface Joining {
  readonly card: string;
  readonly places: number;
  readonly requestId: string;
  readonly env: Environment;
}

/** Somebody who waits: the card and the entry. */
export interface Waiter {
  readonly card: string;
  readonly id: string;
}

export async function waits(
  stage: Stage,
  performanceId: string,
  places = 1,
  card = newId(),
): Promise<Waiter> {
  const lines = places === 1 ? holder : family(places - 1);
  const wish = { performanceId, lines, requestId: newId() };
  const answer = await joinWaitingList(stage.env, asCard(card), wish);
  if (isRefusal(answer)) throw new Error(answer.code);
  return { card, id: answer.entry.id };
}

export async function entryOf({ database }: Stage, { id }: Waiter): Promise<WaitingEntry> {
  const entry = await findEntry(database.reader, id);
  if (!entry) throw new Error('There is no such entry.');
  return entry;
}

export const statusOf = async (stage: Stage, waiter: Waiter): Promise<string> =>
  (await entryOf(stage, waiter)).status;

/** The code of a refusal, or the status of the redemption. */
export async function accepting(
  { env }: Pick<Stage, 'env'>,
  { card, id }: Waiter,
  requestId = newId(),
): Promise<string> {
  const answer = await acceptOffer(env, asCard(card), { entryId: id, requestId });
  return isRefusal(answer) ? answer.code : answer.status;
}

/** So many single guests come in; gives the ids of their redemptions. */
export async function filled(stage: Stage, performanceId: string, guests: number): Promise<string[]> {
  const ids: string[] = [];
  for (let guest = 0; guest < guests; guest++) {
    const answer = await atDoor(stage, performanceId);
    if (isRefusal(answer)) throw new Error(answer.code);
    ids.push(answer.id);
  }
  return ids;
}

/** Payloads of what was published under these topics, the oldest first, each with its topic. */
export async function published(
  { database }: Stage,
  topics: readonly string[],
): Promise<Record<string, unknown>[]> {
  const rows = await database.reader
    .selectFrom('outbox')
    .select(['topic', 'payload'])
    .where('topic', 'in', topics)
    .orderBy('seq')
    .execute();
  return rows.map(({ topic, payload }) => ({ topic, ...(JSON.parse(payload) as object) }));
}
