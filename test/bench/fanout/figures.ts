/** What the parent asks a server of the bench. */
export type Question =
  /** Something happens: everybody who is connected is told. */
  | { readonly do: 'event' }
  /** `collect`: after the garbage is gone. */
  | { readonly do: 'figures'; readonly collect: boolean };

export interface Figures {
  /** CPU time of this process so far, in µs, user and system. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Only from our gateway. */
  readonly counts?: Counts;
}

export interface Counts {
  readonly sockets: number;
  readonly clients: number;
  readonly upstreams: number;
  /** Sources that the subgraph has open. */
  readonly sources: number;
  /** Since the start. */
  readonly executions: number;
  readonly joins: number;
}

/** Asked of itself by a server that was started with --expose-gc. */
export async function figures(collect: boolean): Promise<Omit<Figures, 'counts'>> {
  if (collect) {
    if (!globalThis.gc) throw new Error('Start with --expose-gc.');
    // What a finalizer or a promise still holds goes in the second turn.
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      globalThis.gc();
    }
  }
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed };
}
