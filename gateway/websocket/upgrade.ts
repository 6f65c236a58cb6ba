import type { IncomingMessage } from 'node:http';

/** Why an upgrade is refused, as an HTTP answer. */
export type Refusal = readonly [status: string, code: string, message: string];

export interface Doorkeeper {
  /** Why this request may not become a socket, if it may not. */
  refusal(request: IncomingMessage): Refusal | undefined;
  /** A socket from this address is open. */
  enter(address: string): void;
  /** It is gone. */
  leave(address: string): void;
}

export interface DoorkeeperOptions {
  /** Where sockets are served, without a query. */
  readonly path: string;
  readonly perAddress: number;
  readonly addressOf: (request: IncomingMessage) => string;
}

/** Decides which requests may become sockets: right path, no foreign page behind them, not too many from one address. */
export function doorkeeper({ path, perAddress, addressOf }: DoorkeeperOptions): Doorkeeper {
  const open = new Map<string, number>();
  return {
    refusal(request) {
      if (request.url?.split('?', 1)[0] !== path) {
        return ['404 Not Found', 'NOT_FOUND', 'Nothing is at this address.'];
      }
      if (isForeign(request)) {
        return ['403 Forbidden', 'FOREIGN_ORIGIN', 'Pages of other sites may not connect.'];
      }
      if ((open.get(addressOf(request)) ?? 0) >= perAddress) {
        const message = `At most ${perAddress} sockets may be open from one address.`;
        return ['429 Too Many Requests', 'TOO_MANY_SOCKETS', message];
      }
      return undefined;
    },
    enter(address) {
      open.set(address, (open.get(address) ?? 0) + 1);
    },
    leave(address) {
      const count = open.get(address) ?? 0;
      if (count > 1) open.set(address, count - 1);
      else open.delete(address);
    },
  };
}

/** A browser always says whose page opens a socket, and lets every page do so; other programs say nothing. */
function isForeign({ headers }: IncomingMessage): boolean {
  const { origin, host = '' } = headers;
  if (origin === undefined) return false;
  return /^https?:\/\/(.+)$/i.exec(origin)?.[1]?.toLowerCase() !== host.toLowerCase();
}
