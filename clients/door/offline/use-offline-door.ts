import { useEffect, useRef, useState } from 'preact/hooks';
import { deviceShelf, keptPhones } from './device.ts';
import { OfflineDoor } from './offline-door.ts';
import { offlineServer } from './server.ts';

/** While something waits for the network it is asked for this often. */
const syncMs = 30_000;

/** The venue's door without a network, redrawn at each change; it uploads whenever it can. `live`: the socket works. */
export function useOfflineDoor(venueId: string, live: boolean): OfflineDoor {
  const [, redraw] = useState(0);
  const held = useRef<OfflineDoor | null>(null);
  held.current ??= new OfflineDoor({
    venueId,
    server: offlineServer(venueId),
    shelf: deviceShelf(),
    phones: keptPhones,
    changed: () => redraw((count) => count + 1),
  });
  const door = held.current;
  useEffect(() => {
    const sync = () => void door.sync();
    void door.open();
    const timer = setInterval(sync, syncMs);
    addEventListener('online', sync);
    return () => {
      clearInterval(timer);
      removeEventListener('online', sync);
    };
  }, []);
  useEffect(() => {
    if (live) void door.sync();
  }, [live]);
  return door;
}
