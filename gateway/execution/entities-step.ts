import type { ExecutionResult } from 'graphql';
import type { AskedEntities } from './asked-entities.ts';
import { whenThere, type Awaitable } from './awaiting.ts';
import { compileEntityFetch, type EntityFetch } from './entity-fetch.ts';
import { jointOperation, jointPart, type JointPart } from './joint-operation.ts';
import type { PlanContext, Run, Step } from './run.ts';
import { compileSend, operationOf, variablesOf, type Send } from './send.ts';
import { atOnce, caught } from './steps.ts';
import { maxRepresentations } from './transport.ts';
import type { PlacedFetch } from './work.ts';

/** A fetch of entities, ready to ask on its own or as a part of one request with others. */
interface Asking<V> extends EntityFetch<V> {
  readonly send: Send<V>;
  readonly part: JointPart;
}

/** What one fetch wants to know in this run. */
interface Wish<V> {
  readonly fetch: Asking<V>;
  readonly asked: AskedEntities;
}

/** Fetches of entities from one subgraph, asked with one request where they can be. What fails becomes an error of the run. */
export function compileEntities<V>(context: PlanContext<V>, fetches: readonly PlacedFetch[]): Step<V> {
  const all = fetches.map((placed, index): Asking<V> => {
    const { node } = placed;
    return {
      ...compileEntityFetch(context, placed),
      send: compileSend(context, node.serviceName, operationOf(node)),
      part: jointPart(index),
    };
  });
  const [first, ...others] = all;
  if (first && others.length === 0) {
    return caught((run) => askAlone(run, { fetch: first, asked: first.asked(run) }));
  }
  const joint = jointOperation(all.map(({ node }) => node.operationDocumentNode));
  const send =
    first && joint && compileSend(context, first.node.serviceName, { ...operationOf(first.node), ...joint });
  return caught((run) => {
    const wishes = all.map((fetch): Wish<V> => ({ fetch, asked: fetch.asked(run) }));
    if (send && fitsInOne(wishes)) return askTogether(run, wishes, send);
    return forEach(run, wishes, (wish) => askAlone(run, wish));
  });
}

/** Two or more have something to ask, and together no more than one request may. */
function fitsInOne<V>(wishes: readonly Wish<V>[]): boolean {
  let asking = 0;
  let total = 0;
  for (const { asked } of wishes) {
    const count = asked.representations.length;
    if (count > 0) asking += 1;
    total += count;
  }
  return asking > 1 && total <= maxRepresentations;
}

/** What fails for one of them does not keep the others. */
function forEach<V>(
  run: Run<V>,
  wishes: readonly Wish<V>[],
  act: (wish: Wish<V>) => Awaitable<void>,
): Awaitable<void> {
  return atOnce(
    wishes.map((wish) => caught<V>(() => act(wish))),
    run,
  );
}

function askAlone<V>(run: Run<V>, { fetch, asked }: Wish<V>): Awaitable<void> {
  const { representations } = asked;
  if (representations.length === 0) return undefined;
  const answer = fetch.send(run, { ...variablesOf(fetch.node, run), representations });
  return whenThere(answer, (result) => fetch.put(run, asked, result));
}

function askTogether<V>(run: Run<V>, wishes: readonly Wish<V>[], send: Send<V>): Awaitable<void> {
  const variables: Record<string, unknown> = {};
  for (const { fetch, asked } of wishes) {
    Object.assign(variables, variablesOf(fetch.node, run));
    variables[fetch.part.variable] = asked.representations;
  }
  return whenThere(send(run, variables), (result) =>
    forEach(run, wishes, (wish) => putPart(run, wish, partOf(result, wish.fetch.part.key))),
  );
}

/** Of the answer to all what one of them would have been answered alone. */
function partOf({ data, errors = [] }: ExecutionResult, key: string): ExecutionResult {
  const own = errors.filter(({ path }) => path === undefined || path[0] === key);
  return { data: data ? { _entities: data[key] } : null, ...(own.length > 0 && { errors: own }) };
}

/** What another part has broken is not this one's loss: it asks again, alone. */
function putPart<V>(run: Run<V>, wish: Wish<V>, part: ExecutionResult): Awaitable<void> {
  return !part.data && !part.errors ? askAlone(run, wish) : wish.fetch.put(run, wish.asked, part);
}
