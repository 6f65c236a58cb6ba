import { useEffect, useRef, useState } from 'preact/hooks';
import { Desk } from './desk.ts';
import { isUnsent } from './phase.ts';

/** The desk of a venue, redrawn at each change; leaving the page with something unsent asks first. */
export function useDesk(venueId: string): Desk {
  const [, redraw] = useState(0);
  const held = useRef<Desk | null>(null);
  held.current ??= new Desk(venueId, () => redraw((count) => count + 1));
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
