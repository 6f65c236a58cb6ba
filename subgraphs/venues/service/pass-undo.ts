import { appendEvent } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Pass } from '../domain/pass.ts';
import { asError, problem } from '../domain/problem.ts';
import { findPass, takePassBack } from '../store/passes.ts';
import type { Environment } from './environment.ts';
import { undoUse } from './undo-use.ts';
import { passCancelled } from './visit-events.ts';

export interface UndoPassInput {
  readonly passId: string;
  readonly requestId: string;
}

/**
 * A pass that was given by mistake: the card can be given another. One of which visits were taken stays until those are
 * undone (BAD_INPUT, facts.problem PASS_HAS_VISITS). Throws as `undoUse`.
 */
export function undoPass(
  env: Environment,
  viewer: Viewer,
  { passId, requestId }: UndoPassInput,
): Promise<Pass> {
  return undoUse(env, viewer, {
    type: 'CardPass',
    id: passId,
    requestId,
    wish: 'undoPass',
    kinds: ['SERIES_PASS'],
    find: findPass,
    undo: async (trx, place, now) => {
      const undone = await takePassBack(trx, passId, now);
      if (undone) {
        await appendEvent(trx, passCancelled(undone, place, now), now);
        return;
      }
      const pass = await findPass(trx, passId);
      if (pass?.status === 'VALID') throw asError(problem('PASS_HAS_VISITS', 'passId', { used: pass.used }));
    },
  });
}
