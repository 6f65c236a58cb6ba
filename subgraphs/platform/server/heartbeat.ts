import type { WebSocket, WebSocketServer } from 'ws';
import type { Millis } from '../units.ts';

export interface Heartbeat {
  /** From now on this socket is ended when it leaves a ping without an answer until the next. */
  watch(socket: WebSocket): void;
  stop(): void;
}

/** Pings every socket of a server with one timer: a half-open connection says nothing by itself. */
export function keepHeartbeat(sockets: WebSocketServer, pingMs: Millis): Heartbeat {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, pingMs);
  timer.unref();
  return {
    watch: (socket) => void socket.on('pong', () => silent.delete(socket)),
    stop: () => clearInterval(timer),
  };
}
