import type { Millis } from '../units.ts';
import type { LiveSocket } from './live-socket.ts';

/**
 * Pings every socket with one timer: a half-open connection says nothing by itself. One that leaves a ping without an
 * answer until the next is ended. Answers how to stop.
 */
export function keepHeartbeat(sockets: ReadonlySet<LiveSocket>, pingMs: Millis): () => void {
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (socket.silent) socket.terminate();
      socket.silent = true;
      socket.ping();
    }
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}
