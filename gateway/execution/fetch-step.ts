import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { isPromise, whenThere, type Awaitable } from './awaiting.ts';
import { isJsonObject, valueAt, type JsonObject } from './json.ts';
import { merge } from './merge.ts';
import { objectsAt, pathsAt, type Path, type PlanPath } from './places.ts';
import { compileRepresent, type Represent } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { PlanContext, Run, Step } from './run.ts';
import { stepError, subgraphError } from './subgraph-errors.ts';

/** One operation for one subgraph, whose answer is put in place. What fails becomes an error of the run. */
export function compileFetch<V>(context: PlanContext<V>, node: FetchNode, path: PlanPath): Step<V> {
  const work = node.requires ? entityFetch(context, node, path) : plainFetch(context, node, path);
  return (run) => {
    const failed = (error: unknown): void => void run.errors.push(stepError(error));
    try {
      const done = work(run);
      return isPromise(done) ? done.catch(failed) : done;
    } catch (error) {
      return failed(error);
    }
  };
}

function plainFetch<V>(context: PlanContext<V>, node: FetchNode, path: PlanPath): Step<V> {
  const send = compileSend(context, node);
  const rewriteOutput = compileRewrites(context.fullSchema, node.outputRewrites);
  const put = (run: Run<V>, targets: readonly JsonObject[], { data, errors }: ExecutionResult): void => {
    for (const error of errors ?? []) {
      run.errors.push(subgraphError(error, node.serviceName, error.path && [...path, ...error.path]));
    }
    if (!data) return;
    rewriteOutput?.(data);
    for (const target of targets) merge(target, data);
  };
  return (run) => {
    const targets = objectsAt(run.data, path);
    if (targets.length === 0) return undefined;
    return whenThere(send(run, variablesOf(node, run)), (result) => put(run, targets, result));
  };
}

function entityFetch<V>(context: PlanContext<V>, node: FetchNode, path: PlanPath): Step<V> {
  const send = compileSend(context, node);
  const represent = compileRepresent(context.fullSchema, node.requires ?? []);
  const rewriteInput = compileRewrites(context.fullSchema, node.inputRewrites);
  const rewriteOutput = compileRewrites(context.fullSchema, node.outputRewrites);
  const put = (run: Run<V>, asked: AskedEntities, { data, errors }: ExecutionResult): void => {
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
  };
  const representTyped: Represent = (target) => {
    const representation = represent(target);
    if (typeof representation?.['__typename'] !== 'string') return null;
    rewriteInput?.(representation);
    return representation;
  };
  return (run) => {
    const asked = askFor(objectsAt(run.data, path), representTyped);
    if (asked.representations.length === 0) return undefined;
    const answer = send(run, variablesOf(node, run, asked.representations));
    return whenThere(answer, (result) => put(run, asked, result));
  };
}

/** Each entity once, with the objects in the data that it stands for. */
interface AskedEntities {
  readonly representations: JsonObject[];
  readonly places: JsonObject[][];
}

function askFor(targets: readonly JsonObject[], represent: Represent): AskedEntities {
  const representations: JsonObject[] = [];
  const places: JsonObject[][] = [];
  const known = targets.length > 1 ? new Map<string, JsonObject[]>() : undefined;
  for (const target of targets) {
    const representation = represent(target);
    if (!representation) continue;
    const key = known && keyOf(representation);
    const same = key === undefined ? undefined : known?.get(key);
    if (same) same.push(target);
    else {
      const place = [target];
      if (key !== undefined) known?.set(key, place);
      representations.push(representation);
      places.push(place);
    }
  }
  return { representations, places };
}

/** The same text for the same representation, and for no other: with lengths, because an id may hold any character. */
function keyOf(representation: JsonObject): string {
  let key = '';
  for (const name in representation) {
    const value = representation[name];
    key +=
      typeof value === 'string' ? `${name}:${value.length}:${value}` : `${name}=${JSON.stringify(value)}`;
  }
  return key;
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

type Send<V> = (run: Run<V>, variables: JsonObject) => Awaitable<ExecutionResult>;

function compileSend<V>({ transports }: PlanContext<V>, node: FetchNode): Send<V> {
  const transport = transports.get(node.serviceName);
  if (!transport) throw new Error(`The plan names a subgraph "${node.serviceName}" that has no transport.`);
  const { operation: text, operationDocumentNode: document, operationName: name } = node;
  return (run, variables) => {
    if (run.given?.fetch === node) return run.given.result;
    return transport.execute({ text, document, name, variables }, run.caller);
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
