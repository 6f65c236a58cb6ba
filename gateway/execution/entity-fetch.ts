import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { askFor, type AskedEntities } from './asked-entities.ts';
import { isJsonObject } from './json.ts';
import { merge } from './merge.ts';
import { objectsAt, pathsAt, type Path, type PlanPath } from './places.ts';
import { compileRepresent, type Represent } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { PlanContext, Run } from './run.ts';
import { subgraphError } from './subgraph-errors.ts';
import type { PlacedFetch } from './work.ts';

/** One fetch of entities without its way to the subgraph: what it asks for, and where the answer goes. */
export interface EntityFetch<V> {
  readonly node: FetchNode;
  asked(run: Run<V>): AskedEntities;
  /** `result` has one of `_entities` for each representation. Throws when it has not. */
  put(run: Run<V>, asked: AskedEntities, result: ExecutionResult): void;
}

export function compileEntityFetch<V>(context: PlanContext<V>, { node, path }: PlacedFetch): EntityFetch<V> {
  const { fullSchema } = context;
  const represent = compileRepresent(fullSchema, node.requires ?? []);
  const rewriteInput = compileRewrites(fullSchema, node.inputRewrites);
  const rewriteOutput = compileRewrites(fullSchema, node.outputRewrites);
  const representTyped: Represent = (target) => {
    const representation = represent(target);
    if (typeof representation?.['__typename'] !== 'string') return null;
    rewriteInput?.(representation);
    return representation;
  };
  return {
    node,
    asked: (run) => askFor(objectsAt(run.data, path), representTyped),
    put(run, asked, { data, errors }) {
      if (errors) pushEntityErrors(run, errors, node, path, asked.places);
      if (!data) return;
      const entities = data['_entities'];
      if (!Array.isArray(entities) || entities.length !== asked.representations.length) {
        throw new Error(`"${node.serviceName}" did not answer every representation that it was sent.`);
      }
      for (let index = 0; index < entities.length; index += 1) {
        const entity: unknown = entities[index];
        if (!isJsonObject(entity)) continue;
        // Rewrites of one type need to know it, and the planner does not always ask for what is known already.
        entity['__typename'] ??= asked.representations[index]?.['__typename'];
        rewriteOutput?.(entity);
        for (const target of asked.places[index] ?? []) merge(target, entity);
      }
    },
  };
}

/** An error in an entity is an error in each place where this entity is. */
function pushEntityErrors<V>(
  run: Run<V>,
  errors: readonly GraphQLError[],
  { serviceName }: FetchNode,
  path: PlanPath,
  places: AskedEntities['places'],
): void {
  const targets = objectsAt(run.data, path);
  const paths = pathsAt(run.data, path);
  for (const error of errors) {
    const [, index, ...rest] = error.path ?? [];
    const place = typeof index === 'number' ? places[index] : undefined;
    if (place) {
      for (const [at, target] of targets.entries()) {
        if (!place.includes(target)) continue;
        run.errors.push(subgraphError(error, serviceName, [...(paths[at] ?? []), ...rest]));
      }
    } else {
      run.errors.push(subgraphError(error, serviceName, error.path && beforeLists(path)));
    }
  }
}

function beforeLists(path: PlanPath): Path {
  const list = path.indexOf('@');
  return list < 0 ? path : path.slice(0, list);
}
