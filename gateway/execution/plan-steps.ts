import type { PlanNode } from '@apollo/query-planner';
import { compileEntities } from './entities-step.ts';
import { withFewerRequests } from './fewer-requests.ts';
import { compileFields } from './fields-step.ts';
import type { PlanContext, Step } from './run.ts';
import { atOnce, inTurn } from './steps.ts';
import { workOf, type Work } from './work.ts';

const nothing = (): void => undefined;

/** A plan as one function. Throws NotCompilable. */
export function compilePlan<V>(context: PlanContext<V>, plan: PlanNode | undefined): Step<V> {
  return compileWork(context, withFewerRequests(workOf(plan)));
}

function compileWork<V>(context: PlanContext<V>, work: Work): Step<V> {
  if (work.kind === 'Nothing') return nothing;
  if (work.kind === 'Fields') return compileFields(context, work.fetch);
  if (work.kind === 'Entities') return compileEntities(context, work.fetches);
  if (work.kind === 'Condition') {
    const { variable } = work;
    const yes = compileWork(context, work.yes);
    const no = compileWork(context, work.no);
    return (run) => (run.coerced[variable] === true ? yes(run) : no(run));
  }
  const steps = work.parts.map((part) => compileWork(context, part));
  return work.kind === 'Sequence' ? (run) => inTurn(steps, run) : (run) => atOnce(steps, run);
}
