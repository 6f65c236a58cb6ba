import type { PlanNode, ResponsePath } from '@apollo/query-planner';
import { isPromise, type Awaitable } from './awaiting.ts';
import { compileFetch } from './fetch-step.ts';
import type { PlanPath } from './places.ts';
import type { PlanContext, Run, Step } from './run.ts';

/** Something that this executor does not know; the stock one may. */
export class NotCompilable extends Error {}

const nothing = (): void => undefined;

/** A plan as one function. Throws NotCompilable. */
export function compilePlan<V>(
  context: PlanContext<V>,
  node: PlanNode | undefined,
  path: PlanPath = [],
): Step<V> {
  if (!node) return nothing;
  switch (node.kind) {
    case 'Fetch':
      if (node.contextRewrites !== undefined) throw new NotCompilable('contextRewrites');
      if (node.requires && node.variableUsages?.includes('representations')) {
        throw new NotCompilable('a variable with the name "representations"');
      }
      return compileFetch(context, node, path);
    case 'Flatten':
      return compilePlan(context, node.node, [...path, ...namesOf(node.path)]);
    case 'Sequence': {
      const steps = node.nodes.map((child) => compilePlan(context, child, path));
      return (run) => inTurn(steps, run, 0);
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compilePlan(context, child, path));
      return (run) => atOnce(steps, run);
    }
    case 'Condition': {
      const { condition } = node;
      const yes = compilePlan(context, node.ifClause, path);
      const no = compilePlan(context, node.elseClause, path);
      return (run) => (run.coerced[condition] === true ? yes(run) : no(run));
    }
    case 'Defer':
      throw new NotCompilable('@defer');
    default:
      throw new NotCompilable('an unknown step');
  }
}

function inTurn<V>(steps: readonly Step<V>[], run: Run<V>, from: number): Awaitable<void> {
  for (let index = from; index < steps.length; index += 1) {
    const done = steps[index]?.(run);
    if (isPromise(done)) return done.then(() => inTurn(steps, run, index + 1));
  }
}

function atOnce<V>(steps: readonly Step<V>[], run: Run<V>): Awaitable<void> {
  let waiting: Promise<void>[] | undefined;
  for (const step of steps) {
    const done = step(run);
    if (isPromise(done)) (waiting ??= []).push(done);
  }
  if (waiting) return Promise.all(waiting).then(() => undefined);
}

function namesOf(path: ResponsePath): PlanPath {
  return path.map((element) => {
    if (typeof element !== 'string' || /^\||[^\w@]/.test(element)) throw new NotCompilable('a path');
    return element;
  });
}
