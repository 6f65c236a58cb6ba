import type { Broadcast } from './broadcast.ts';
import type { Soak } from './soak.ts';
import type { Unique } from './unique.ts';

export interface Measured {
  readonly broadcasts?: readonly Broadcast[] | undefined;
  readonly soak?: Soak | undefined;
  readonly unique?: Unique | undefined;
}

const limits = {
  /** CPU per message, as a multiple of a raw `ws` broadcast's. */
  timesRaw: 1.4,
  rssKbPerConnection: 12,
  /** Of heap that stays: a leak of one small object per operation is more. */
  bytesPerOperation: 50,
  rssMb: 400,
} as const;

/** Two readings of a heap that does not grow differ by so much: in a short run that is much per operation. */
const noiseBytes = 500_000;

/** What is over its limit, one sentence each; nothing when all is well. */
export function missed({ broadcasts, soak, unique }: Measured): readonly string[] {
  const found: string[] = [];
  const atMost = (what: string, value: number, limit: number): void => {
    if (!(value <= limit)) found.push(`${what} is ${value.toFixed(2)}, but may be at most ${limit}`);
  };
  const ours = broadcasts?.find(({ name }) => name === 'ours');
  if (ours) {
    atMost('CPU per message ÷ raw', ours.timesRaw, limits.timesRaw);
    atMost('RSS per connection (kB)', ours.rssKbPerConnection, limits.rssKbPerConnection);
    const { counted } = ours;
    atMost('upstreams', counted?.upstreams ?? Number.NaN, 1);
    atMost('executions per event', counted?.executionsPerEvent ?? Number.NaN, 1);
  }
  if (soak) {
    atMost('heap per subscription (B)', soak.bytesPerOperation, growth(soak.operations));
    const { sockets, clients, upstreams, sources } = soak.left ?? {};
    for (const [what, value] of Object.entries({ sockets, clients, upstreams, sources })) {
      atMost(`${what} left behind`, value ?? Number.NaN, 0);
    }
  }
  if (unique) {
    atMost('heap per unique operation (B)', unique.bytesPerOperation, growth(unique.operations));
    atMost('RSS under unique operations (MB)', unique.rssMb, limits.rssMb);
  }
  return found;
}

function growth(operations: number): number {
  return Math.max(limits.bytesPerOperation, noiseBytes / operations);
}
