import { graphql } from 'graphql';
import { afterEach, beforeEach } from 'vitest';
import type { Subgraph } from '../../../subgraphs/platform/subgraph.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import { checkLedger, openStage, type Stage } from '../../store/venues/stage.ts';
import type { TestEngine } from '../../support/databases.ts';

export interface Answer<Data> {
  /** Of the document's one field. */
  readonly data: Data;
  readonly code: string | undefined;
  readonly problem: string | undefined;
}

/** An empty stage with the whole subgraph on it, new for every test; no test may leave a fault in the ledger. */
export interface Desk {
  readonly stage: Stage;
  readonly subgraph: Subgraph;
  /** Sends one mutation with this input, as the venue's staff unless told otherwise. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the shape of what the document asks
  readonly asked: <Data>(source: string, input: object, viewer?: Viewer) => Promise<Answer<Data>>;
  /** The payloads of what was published, the oldest first. */
  readonly events: (topic: string) => Promise<object[]>;
}

export function useDesk(engine: TestEngine): Desk {
  let stage: Stage;
  let subgraph: Subgraph;
  beforeEach(async () => {
    stage = await openStage(engine);
    subgraph = await openVenues(stage.options);
  });
  afterEach(async () => {
    await subgraph.close();
    await checkLedger(stage);
  });
  return {
    get stage() {
      return stage;
    },
    get subgraph() {
      return subgraph;
    },
    async asked<Data>(source: string, input: object, viewer: Viewer = stage.staff): Promise<Answer<Data>> {
      const contextValue = subgraph.context(viewer, 'test');
      const answer = await graphql({
        schema: subgraph.schema,
        source,
        variableValues: { input },
        contextValue,
      });
      const [error] = answer.errors ?? [];
      const extensions = error?.extensions as { code?: string; facts?: { problem?: string } } | undefined;
      return {
        data: Object.values(answer.data ?? {})[0] as Data,
        code: error && (extensions?.code ?? error.message),
        problem: extensions?.facts?.problem,
      };
    },
    async events(topic) {
      const rows = await stage.database.reader
        .selectFrom('outbox')
        .selectAll()
        .where('topic', '=', topic)
        .orderBy('seq')
        .execute();
      return rows.map(({ payload }) => JSON.parse(payload) as object);
    },
  };
}
