import type { PlanNode, ResponsePath } from '@apollo/query-planner';
import { compileFetch } from './fetch-step.ts';
import type { PlanPath } from './places.ts';
import type { PlanContext, Step } from './run.ts';

/** Something that this executor does not know; the stock one may. */
export class NotCompilable extends Error {}

const nothing = async (): Promise<void> => undefined;

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
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compilePlan(context, child, path));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
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

function namesOf(path: ResponsePath): PlanPath {
  return path.map((element) => {
    if (typeof element !== 'string' || /^\||[^\w@]/.test(element)) throw new NotCompilable('a path');
    return element;
  });
}
