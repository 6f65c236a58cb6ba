import type { SubgraphName } from '../names.ts';

const withEvents = new WeakSet<object>();

/** Remembers that this transaction wrote to the outbox. */
export function markEvents(trx: object): void {
  withEvents.add(trx);
}

export function hasEvents(trx: object): boolean {
  return withEvents.has(trx);
}

/** The live key that says: this subgraph has published something, look. */
export function outboxKey(name: SubgraphName): string {
  return `outbox:${name}`;
}
