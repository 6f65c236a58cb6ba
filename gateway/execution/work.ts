import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';
import { NotCompilable } from './not-compilable.ts';
import type { PlanPath } from './places.ts';

/** One fetch of a plan, and where in the data it works. */
export interface PlacedFetch {
  readonly node: FetchNode;
  readonly path: PlanPath;
}

/** What a plan wants done: the planner's tree, with every fetch knowing its place. */
export type Work =
  | { readonly kind: 'Nothing' }
  /** A fetch of root fields. */
  | { readonly kind: 'Fields'; readonly fetch: PlacedFetch }
  /** Fetches of entities from one subgraph that can be asked for at the same time. */
  | { readonly kind: 'Entities'; readonly fetches: readonly PlacedFetch[] }
  | { readonly kind: 'Sequence' | 'Parallel'; readonly parts: readonly Work[] }
  | { readonly kind: 'Condition'; readonly variable: string; readonly yes: Work; readonly no: Work };

/** Reads the planner's plan. Throws NotCompilable. */
export function workOf(node: PlanNode | undefined, path: PlanPath = []): Work {
  if (!node) return { kind: 'Nothing' };
  switch (node.kind) {
    case 'Fetch':
      if (node.contextRewrites !== undefined) throw new NotCompilable('contextRewrites');
      if (!node.requires) return { kind: 'Fields', fetch: { node, path } };
      if (node.variableUsages?.includes('representations')) {
        throw new NotCompilable('a variable with the name "representations"');
      }
      return { kind: 'Entities', fetches: [{ node, path }] };
    case 'Flatten':
      return workOf(node.node, [...path, ...namesOf(node.path)]);
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, parts: node.nodes.map((child) => workOf(child, path)) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        yes: workOf(node.ifClause, path),
        no: workOf(node.elseClause, path),
      };
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
