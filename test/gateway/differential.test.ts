import type { Operation } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { parse, validate, type DocumentNode, type ExecutionResult } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { ApolloGateway } from '../../gateway/execution/apollo-gateway.ts';
import { dataSources } from '../../gateway/execution/data-source.ts';
import { Executor } from '../../gateway/execution/executor.ts';
import { inProcess } from '../../gateway/execution/in-process.ts';
import { loadSupergraph, plannerConfig } from '../../gateway/execution/supergraph.ts';
import { differences, lenient, misplaced, normalised, roughly, withoutIndexes } from './support/answers.ts';
import { library } from './support/library.ts';
import { OperationWriter, seeded, type RandomOperation } from './support/random-operations.ts';

const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? Date.now() % 1_000_000);
const wanted = 2_000;

const toys = library();
const loaded = loadSupergraph(toys.supergraphSdl);
/** Planning takes longer than everything else here, so each operation is planned once, for all executors. */
let plan: QueryPlan | undefined;
const planner = Object.assign(Object.create(loaded.planner) as typeof loaded.planner, {
  buildQueryPlan: (operation: Operation) => (plan ??= loaded.planner.buildQueryPlan(operation)),
});
const supergraph = { ...loaded, planner };
const caller = { viewer: null, requestId: 'test' };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const executorOf = (compileAt: number): Executor<null> =>
  new Executor(
    supergraph,
    new Map(toys.subgraphs.map((subgraph) => [subgraph.name, inProcess(subgraph, { compileAt })])),
  );
const interpreting = executorOf(Infinity);
const compiling = executorOf(1);
const services = dataSources(toys.subgraphs.map((subgraph) => inProcess(subgraph, { compileAt: Infinity })));
const gateway = new ApolloGateway({
  supergraphSdl: toys.supergraphSdl,
  buildService: ({ name }) => services[name] as NonNullable<(typeof services)[string]>,
  queryPlannerConfig: {
    ...plannerConfig,
    cache: {
      get: async () => plan,
      set: async () => undefined,
      delete: async () => true,
      clear: () => undefined,
    },
  },
  logger: quiet,
});
let stock: (text: string, document: DocumentNode, variables: object) => Promise<ExecutionResult>;

beforeAll(async () => {
  const { executor } = await gateway.load();
  stock = async (source, document, variables) => {
    const context = { request: { query: source, variables }, document, source, queryHash: source };
    return (await executor({ ...context, context: caller, metrics: {}, logger: quiet } as never)) as never;
  };
});

async function ask(
  executor: Executor<null>,
  text: string,
  document: DocumentNode,
  variables: object,
): Promise<ExecutionResult> {
  const prepared = executor.prepare(text, document, undefined);
  if (!prepared) throw new Error(`left to the stock executor: ${text}`);
  const { coerced, errors } = prepared.coerce(variables as Record<string, unknown>);
  return errors ? { errors } : prepared.execute(variables as Record<string, unknown>, coerced, caller);
}

function* validOperations(count: number): Generator<RandomOperation & { readonly document: DocumentNode }> {
  const writer = new OperationWriter(supergraph.apiSchema, seeded(seed));
  for (let found = 0; found < count;) {
    const operation = writer.write();
    const document = parse(operation.text);
    if (validate(supergraph.apiSchema, document).length > 0) continue;
    found += 1;
    yield { ...operation, document };
  }
}

describe(`our executor and the stock one, seed ${seed}`, () => {
  test(`answer ${wanted} random operations alike, errors included`, async () => {
    const seen = { operations: 0, errors: 0, nulls: 0, characters: 0, otherPlaces: 0 };
    for (const { text, document, variables } of validOperations(wanted)) {
      plan = undefined;
      const ours = await ask(interpreting, text, document, variables);
      const expected = await stock(text, document, variables);
      const right = normalised(expected);
      const about = `seed ${seed}\n${text}\n${JSON.stringify(variables)}`;
      const answer = normalised(ours);
      expect(misplaced(answer), about).toEqual([]);
      if (differences(right, answer).length > 0) {
        seen.otherPlaces += 1;
        const allowed = [withoutIndexes, lenient].some(
          (freedom) => differences(freedom(right), freedom(answer)).length === 0,
        );
        if (!allowed) expect(answer, about).toEqual(right);
      }
      if (seen.operations % 4 === 0) {
        const compiled = normalised(await ask(compiling, text, document, variables));
        const same = [lenient, roughly].some(
          (freedom) => differences(freedom(answer), freedom(compiled)).length === 0,
        );
        if (!same) expect(compiled, `compiled, ${about}`).toEqual(answer);
      }
      seen.operations += 1;
      seen.errors += expected.errors?.length ?? 0;
      seen.nulls += expected.data === null ? 1 : 0;
      seen.characters += JSON.stringify(expected.data).length;
    }
    // A corpus in which nothing goes wrong would prove little.
    expect(seen.errors).toBeGreaterThan(wanted / 4);
    expect(seen.nulls).toBeGreaterThan(10);
    expect(seen.characters).toBeGreaterThan(wanted * 50);
    expect(seen.otherPlaces).toBeLessThan(wanted / 20);
    expect(interpreting.counts.left).toBe(0);
  }, 60_000);
});
