import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { isJsonObject, valueAt, type JsonObject } from './json.ts';
import { merge } from './merge.ts';
import { objectsAt, pathsAt, type Path, type PlanPath } from './places.ts';
import { compileRepresent } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { PlanContext, Run, Step } from './run.ts';
import { stepError, subgraphError } from './subgraph-errors.ts';

/** One operation for one subgraph, whose answer is put in place. What fails becomes an error of the run. */
export function compileFetch<V>(context: PlanContext<V>, node: FetchNode, path: PlanPath): Step<V> {
  const work = node.requires ? entityFetch(context, node, path) : plainFetch(context, node, path);
  return async (run) => {
    try {
      await work(run);
    } catch (error) {
      run.errors.push(stepError(error));
    }
  };
}

function plainFetch<V>(context: PlanContext<V>, node: FetchNode, path: PlanPath): Step<V> {
  const send = compileSend(context, node);
  const rewriteOutput = compileRewrites(context.fullSchema, node.outputRewrites);
  return async (run) => {
    const targets = objectsAt(run.data, path);
    if (targets.length === 0) return;
    const { data, errors } = await send(run, variablesOf(node, run));
    for (const error of errors ?? []) {
      run.errors.push(subgraphError(error, node.serviceName, error.path && [...path, ...error.path]));
    }
    if (!data) return;
    rewriteOutput?.(data);
    for (const target of targets) merge(target, data);
  };
}

function entityFetch<V>(context: PlanContext<V>, node: FetchNode, path: PlanPath): Step<V> {
  const send = compileSend(context, node);
  const represent = compileRepresent(context.fullSchema, node.requires ?? []);
  const rewriteInput = compileRewrites(context.fullSchema, node.inputRewrites);
  const rewriteOutput = compileRewrites(context.fullSchema, node.outputRewrites);
  return async (run) => {
    const targets = objectsAt(run.data, path);
    const representations: JsonObject[] = [];
    /** For each representation the targets, by number, that it stands for. */
    const standsFor: number[][] = [];
    const known = new Map<string, number>();
    for (const [index, target] of targets.entries()) {
      const representation = represent(target);
      if (typeof representation?.['__typename'] !== 'string') continue;
      rewriteInput?.(representation);
      const key = targets.length > 1 ? JSON.stringify(representation) : '';
      const same = known.get(key);
      if (same !== undefined) standsFor[same]?.push(index);
      else {
        known.set(key, representations.length);
        representations.push(representation);
        standsFor.push([index]);
      }
    }
    if (representations.length === 0) return;

    const { data, errors } = await send(run, variablesOf(node, run, representations));
    if (errors) pushEntityErrors(run, errors, node, path, standsFor);
    if (!data) return;
    const entities = data['_entities'];
    if (!Array.isArray(entities) || entities.length !== representations.length) {
      throw new Error(`"${node.serviceName}" did not answer every representation that it was sent.`);
    }
    for (const [index, entity] of entities.entries()) {
      if (!isJsonObject(entity)) continue;
      // Rewrites of one type need to know it, and the planner does not always ask for what is known already.
      entity['__typename'] ??= representations[index]?.['__typename'];
      rewriteOutput?.(entity);
      for (const target of standsFor[index] ?? []) merge(targets[target] as JsonObject, entity);
    }
  };
}

/** An error in an entity is an error in each place where this entity is. */
function pushEntityErrors<V>(
  run: Run<V>,
  errors: readonly GraphQLError[],
  { serviceName }: FetchNode,
  path: PlanPath,
  standsFor: readonly (readonly number[])[],
): void {
  const paths = pathsAt(run.data, path);
  for (const error of errors) {
    const [, index, ...rest] = error.path ?? [];
    const targets = typeof index === 'number' ? standsFor[index] : undefined;
    if (targets) {
      for (const target of targets) {
        run.errors.push(subgraphError(error, serviceName, [...(paths[target] ?? []), ...rest]));
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

type Send<V> = (run: Run<V>, variables: JsonObject) => Promise<ExecutionResult> | ExecutionResult;

function compileSend<V>({ transports }: PlanContext<V>, node: FetchNode): Send<V> {
  const transport = transports.get(node.serviceName);
  if (!transport) throw new Error(`The plan names a subgraph "${node.serviceName}" that has no transport.`);
  const operation = { text: node.operation, document: node.operationDocumentNode, name: node.operationName };
  return (run, variables) => {
    if (run.given?.fetch === node) return run.given.result;
    return transport.execute({ ...operation, variables }, run.caller);
  };
}

/** Of the client's variables those that this fetch uses; what was not given stays away, so that defaults hold. */
function variablesOf<V>(
  { variableUsages = [] }: FetchNode,
  { variables }: Run<V>,
  representations?: JsonObject[],
): JsonObject {
  const used: JsonObject = {};
  for (const name of variableUsages) {
    const value = valueAt(variables, name);
    if (value !== undefined) used[name] = value;
  }
  if (representations) used['representations'] = representations;
  return used;
}
