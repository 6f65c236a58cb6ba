import type { IncomingMessage } from 'node:http';

/** Who may read /metrics: everybody, only programs on this machine, nobody. */
export const metricsModes = ['on', 'local', 'off'] as const;
export type MetricsMode = (typeof metricsModes)[number];

/**
 * Whether a request comes from this machine. A proxy on this machine does too, so what carries a sign of having been
 * forwarded counts as from outside.
 */
export function isFromThisMachine({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
  const { remoteAddress = '' } = socket;
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
  return /^(127\.|::1$|::ffff:127\.)/.test(remoteAddress) && !isForwarded;
}
