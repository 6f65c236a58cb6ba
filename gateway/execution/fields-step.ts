import type { ExecutionResult } from 'graphql';
import { whenThere } from './awaiting.ts';
import type { JsonObject } from './json.ts';
import { merge } from './merge.ts';
import { objectsAt } from './places.ts';
import { compileRewrites } from './rewrites.ts';
import type { PlanContext, Run, Step } from './run.ts';
import { compileSend, operationOf, variablesOf } from './send.ts';
import { caught } from './steps.ts';
import { subgraphError } from './subgraph-errors.ts';
import type { PlacedFetch } from './work.ts';

/** Root fields of one subgraph, put in place. What fails becomes an error of the run. */
export function compileFields<V>(context: PlanContext<V>, { node, path }: PlacedFetch): Step<V> {
  const { serviceName } = node;
  const send = compileSend(context, serviceName, operationOf(node));
  const rewriteOutput = compileRewrites(context.fullSchema, node.outputRewrites);
  const put = (run: Run<V>, targets: readonly JsonObject[], { data, errors }: ExecutionResult): void => {
    for (const error of errors ?? []) {
      run.errors.push(subgraphError(error, serviceName, error.path && [...path, ...error.path]));
    }
    if (!data) return;
    rewriteOutput?.(data);
    for (const target of targets) merge(target, data);
  };
  return caught((run) => {
    const targets = objectsAt(run.data, path);
    if (targets.length === 0) return undefined;
    const { given } = run;
    const answer = given?.fetch === node ? given.result : send(run, variablesOf(node, run));
    return whenThere(answer, (result) => put(run, targets, result));
  });
}
