import type { PlacedFetch, Work } from './work.ts';

/**
 * The same work with fewer requests. The planner asks for entities as soon as it can, so that one subgraph is often asked
 * several times on the way to one answer. A fetch of entities that stands alone beside other work joins the first fetch of
 * entities from the same subgraph there. It may have to wait for it, but nobody waits for it earlier: the answer takes as many
 * steps, one after the other, as before.
 */
export function withFewerRequests(work: Work): Work {
  if (work.kind === 'Sequence') return { ...work, parts: work.parts.map(withFewerRequests) };
  if (work.kind === 'Parallel') return inFewerLanes(work.parts.map(withFewerRequests));
  if (work.kind !== 'Condition') return work;
  return { ...work, yes: withFewerRequests(work.yes), no: withFewerRequests(work.no) };
}

function inFewerLanes(lanes: readonly Work[]): Work {
  for (const lone of lanes) {
    if (lone.kind !== 'Entities') continue;
    for (const host of lanes) {
      const joined = host === lone ? undefined : join(host, lone.fetches);
      if (!joined) continue;
      return inFewerLanes(lanes.flatMap((lane) => (lane === lone ? [] : lane === host ? [joined] : [lane])));
    }
  }
  const [only, ...others] = lanes;
  return only && others.length === 0 ? only : { kind: 'Parallel', parts: lanes };
}

/** The work with these fetches of entities in it as well, or undefined when it does not ask their subgraph for entities. */
function join(host: Work, fetches: readonly PlacedFetch[]): Work | undefined {
  if (host.kind === 'Entities') {
    return subgraphOf(host.fetches) === subgraphOf(fetches)
      ? { kind: 'Entities', fetches: [...host.fetches, ...fetches] }
      : undefined;
  }
  // Not into a condition: when it is false nobody asks.
  if (host.kind !== 'Sequence' && host.kind !== 'Parallel') return undefined;
  for (const [index, part] of host.parts.entries()) {
    const joined = join(part, fetches);
    if (joined) return { ...host, parts: host.parts.with(index, joined) };
  }
  return undefined;
}

function subgraphOf(fetches: readonly PlacedFetch[]): string | undefined {
  return fetches[0]?.node.serviceName;
}
