import type { Millis } from '../../subgraphs/platform/units.ts';

/** Something without which the gateway cannot answer everything. */
export interface Part {
  readonly name: string;
  /** In another process, which other gateways need as well. */
  readonly remote: boolean;
  /** Rejects when it does not answer. */
  readonly check: () => Promise<unknown>;
}

/**
 * `degraded` takes traffic: a remote part is away, which is so for every gateway, and the data of the others still come.
 * `starting`, `unavailable` and `stopping` take none.
 */
export type ReadyStatus = 'ready' | 'degraded' | 'starting' | 'unavailable' | 'stopping';

export interface Readiness {
  readonly status: ReadyStatus;
  /** Names of the parts that are awaited or do not answer. */
  readonly notReady: readonly string[];
}

export interface ReadinessOptions {
  readonly parts: readonly Part[];
  /** Names of what is still loading. */
  readonly loading: () => readonly string[];
  readonly isStopping: () => boolean;
}

/** What takes longer does not answer. */
const patienceMs: Millis = 1_000;
/** However often it is asked, a remote part is asked no more often than this. */
const cachedMs: Millis = 1_000;

/** Whether traffic is welcome. A remote part has to answer once before it may be away. */
export function readiness({ parts, loading, isStopping }: ReadinessOptions): () => Promise<Readiness> {
  const seen = new Set<Part>();
  const asked = new Map<Part, { readonly at: Millis; readonly there: Promise<boolean> }>();
  const isThere = (part: Part): Promise<boolean> => {
    if (!part.remote) return answers(part);
    const now = performance.now();
    let last = asked.get(part);
    if (!last || now - last.at >= cachedMs) asked.set(part, (last = { at: now, there: answers(part) }));
    return last.there;
  };
  const ask = async (): Promise<readonly Part[]> => {
    const all = await Promise.all(parts.map(async (part) => ({ part, there: await isThere(part) })));
    for (const { part, there } of all) if (there) seen.add(part);
    return all.filter(({ there }) => !there).map(({ part }) => part);
  };

  return async () => {
    if (isStopping()) return { status: 'stopping', notReady: [] };
    const awaited = loading();
    if (awaited.length > 0) return { status: 'starting', notReady: awaited };
    const away = await ask();
    return { status: statusOf(parts, away, seen), notReady: away.map(({ name }) => name) };
  };
}

function statusOf(parts: readonly Part[], away: readonly Part[], seen: ReadonlySet<Part>): ReadyStatus {
  if (away.length === 0) return 'ready';
  if (away.length === parts.length || away.some(({ remote }) => !remote)) return 'unavailable';
  return away.every((part) => seen.has(part)) ? 'degraded' : 'starting';
}

async function answers({ check }: Part): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
