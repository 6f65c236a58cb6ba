import { graphql, parse, subscribe, type ExecutionResult } from 'graphql';
import { migrate, openDatabase, type DatabaseLocation } from '../../../subgraphs/platform/database/index.ts';
import { appendEvent, type PlatformTables } from '../../../subgraphs/platform/events/index.ts';
import type { SubgraphName } from '../../../subgraphs/platform/names.ts';
import type { Subgraph, SubgraphOptions } from '../../../subgraphs/platform/subgraph.ts';
import { anonymous, type Viewer } from '../../../subgraphs/platform/viewer.ts';

type Variables = Record<string, unknown>;

/** Asks a subgraph as this viewer; an error becomes its code. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the shape of what the document asks
export async function ask<Data extends object>(
  subgraph: Subgraph,
  source: string,
  variableValues: Variables = {},
  viewer: Viewer = anonymous,
): Promise<{ data: Data; codes: unknown[] }> {
  const contextValue = subgraph.context(viewer, 'test');
  const answer = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  return { data: (answer.data ?? {}) as Data, codes: codesOf(answer) };
}

/** Subscribes; a refusal at the start is its codes. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the shape of what the document asks
export async function watch<Data extends object>(
  subgraph: Subgraph,
  source: string,
  variableValues: Variables = {},
  viewer: Viewer = anonymous,
): Promise<AsyncGenerator<{ data: Data }> | unknown[]> {
  const contextValue = subgraph.context(viewer, 'test');
  const stream = await subscribe({
    schema: subgraph.schema,
    document: parse(source),
    variableValues,
    contextValue,
  });
  return 'next' in stream ? (stream as unknown as AsyncGenerator<{ data: Data }>) : codesOf(stream);
}

function codesOf(answer: ExecutionResult): unknown[] {
  return (answer.errors ?? []).map(({ extensions, message }) => extensions['code'] ?? message);
}

/** Publishes an event as another subgraph would: in its own outbox, in the same place. */
export async function publishAs(
  name: SubgraphName,
  location: DatabaseLocation,
  { live, clock }: SubgraphOptions,
  events: readonly { topic: string; payload: object }[],
): Promise<void> {
  await using database = await openDatabase<PlatformTables>(location, name, live);
  await migrate(database, {});
  await database.write(async (trx) => {
    for (const event of events) await appendEvent(trx, event, clock.now().toISOString());
  });
}
