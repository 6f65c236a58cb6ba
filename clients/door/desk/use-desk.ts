import { useEffect, useRef, useState } from 'preact/hooks';
import type { OfflineDoor } from '../offline/offline-door.ts';
import { Desk } from './desk.ts';
import { isUnsent } from './phase.ts';

/** The desk of a venue, redrawn at each change; leaving the page with something unsent asks first. */
export function useDesk(venueId: string, offline: OfflineDoor): Desk {
  const [, redraw] = useState(0);
  const held = useRef<Desk | null>(null);
  held.current ??= new Desk(venueId, offline, () => redraw((count) => count + 1));
  const desk = held.current;
  useEffect(() => {
    const keep = (event: BeforeUnloadEvent) => {
      if (isUnsent(desk.phase)) event.preventDefault();
    };
    addEventListener('beforeunload', keep);
    return () => removeEventListener('beforeunload', keep);
  }, []);
  return desk;
}
