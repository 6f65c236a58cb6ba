import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What came of an operation: all of it, some of it, or it did not run at all. */
export type Outcome = 'ok' | 'errors' | 'refused';
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'unknown';

/** What is counted when it is asked for, not when it happens. */
export interface Live {
  readonly sockets: number;
  readonly upstreams: number;
  readonly feeds: number;
  readonly clients: number;
  /** Plans that were made since the start. */
  readonly plans: number;
}

/** Seconds: from what a subgraph in this process needs to the time after which one in another is given up. */
const fetchBuckets = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

/** What a gateway counts, in the words of Prometheus. No label ever holds what a client wrote. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #operations = this.#counter(
    'gateway_operations_total',
    'Operations, by kind and what came of them.',
    ['kind', 'outcome'],
  );
  readonly #fetches = new Histogram({
    name: 'gateway_fetch_seconds',
    help: 'How long subgraphs took to answer a fetch.',
    labelNames: ['subgraph'],
    buckets: fetchBuckets,
    registers: [this.#registry],
  });
  readonly #failures = this.#counter('gateway_fetch_failures_total', 'Fetches without any data.', [
    'subgraph',
  ]);
  readonly #drops = this.#counter(
    'gateway_mailbox_drops_total',
    'Results replaced by a newer one before a slow client took them.',
  );
  #ran = 0;

  /** `processToo`: also what Node knows of the process, such as memory, garbage collection and event-loop lag. */
  constructor(processToo = true) {
    if (processToo) collectDefaultMetrics({ register: this.#registry });
  }

  operation(kind: OperationKind, outcome: Outcome): void {
    if (outcome !== 'refused') this.#ran += 1;
    this.#operations.inc({ kind, outcome });
  }

  fetched(subgraph: string, seconds: number, failed: boolean): void {
    this.#fetches.observe({ subgraph }, seconds);
    if (failed) this.#failures.inc({ subgraph });
  }

  readonly dropped = (): void => this.#drops.inc();

  /** Where the gauges look when somebody asks. */
  watch(live: () => Live): void {
    this.#gauge('gateway_sockets', 'Open WebSockets.', () => live().sockets);
    this.#gauge(
      'gateway_subscription_clients',
      'Subscriptions that clients have open.',
      () => live().clients,
    );
    this.#gauge(
      'gateway_subscriptions',
      'Different ones among them: each is executed once per event.',
      () => live().feeds,
    );
    this.#gauge('gateway_upstreams', 'Subscriptions to subgraphs.', () => live().upstreams);
    this.#gauge('gateway_plans_made', 'Operations planned since the start.', () => live().plans);
    this.#gauge('gateway_plans_cached', 'Operations that ran with a plan made before.', () =>
      Math.max(0, this.#ran - live().plans),
    );
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect: () => gauge.set(read()),
    });
  }
}
