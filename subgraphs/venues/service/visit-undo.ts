import { appendEvent } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Visit } from '../domain/visit.ts';
import { returnVisit } from '../store/passes.ts';
import { findVisit, markUndone } from '../store/visits.ts';
import type { Environment } from './environment.ts';
import { undoUse } from './undo-use.ts';
import { visitCancelled } from './visit-events.ts';

export interface UndoVisitInput {
  readonly visitId: string;
  readonly requestId: string;
}

/** A visit that was recorded by mistake: its pass has it back. Throws as `undoUse`. */
export function undoVisit(
  env: Environment,
  viewer: Viewer,
  { visitId, requestId }: UndoVisitInput,
): Promise<Visit> {
  return undoUse(env, viewer, {
    type: 'Visit',
    id: visitId,
    requestId,
    wish: 'undoVisit',
    kinds: ['SERIES_PASS', 'OPEN_ENTRY'],
    find: findVisit,
    undo: async (trx, place, now) => {
      const undone = await markUndone(trx, visitId, now);
      if (!undone) return;
      const { passId } = undone;
      if (passId !== null) await returnVisit(trx, { passId, visitId, at: now });
      await appendEvent(trx, visitCancelled(undone, place, now), now);
    },
  });
}
