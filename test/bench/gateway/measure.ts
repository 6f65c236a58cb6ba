import { isDeepStrictEqual } from 'node:util';
import { ask, type Child } from '../support/children.ts';
import { cpuMicros, rssKb } from '../support/proc.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import type { Query } from './queries.ts';

/** One variant that runs. */
export interface Running {
  readonly name: string;
  readonly url: string;
  readonly child: Child;
}

export interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the gateway's process per request. */
  readonly cpuMicros: number;
  /** CPU time of the subgraphs' process per request. */
  readonly subgraphCpuMicros: number;
  readonly rssMb: number;
}

export const connections = 32;

/** One measurement. Throws when an answer was not 200: numbers of failures mean nothing. */
export async function measure(
  { url, child, name }: Running,
  query: Query,
  ms: number,
  load: Child,
  subgraphs: Child,
): Promise<Sample> {
  const order: LoadOrder = { url, bodies: query.bodies, connections, ms };
  const before = { gateway: cpuMicros(child.pid), subgraphs: cpuMicros(subgraphs.pid) };
  const result = await ask<LoadResult>(load, order);
  const used = {
    gateway: cpuMicros(child.pid) - before.gateway,
    subgraphs: cpuMicros(subgraphs.pid) - before.subgraphs,
  };
  const { requests, failures, seconds, p50Ms, p99Ms } = result;
  if (failures > 0) throw new Error(`${name}: ${failures} of ${requests} answers were not 200.`);
  return {
    requestsPerSecond: requests / seconds,
    p50Ms,
    p99Ms,
    cpuMicros: used.gateway / requests,
    subgraphCpuMicros: used.subgraphs / requests,
    rssMb: rssKb(child.pid) / 1_024,
  };
}

/** Asks everything once and compares with what is right. Returns the first difference, or undefined. */
export async function firstDifference(
  { url }: Running,
  { name, bodies }: Query,
  expected: readonly unknown[],
): Promise<string | undefined> {
  for (const [index, body] of bodies.entries()) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
    });
    const text = await response.text();
    if (response.status !== 200 || !isDeepStrictEqual(answerOf(text), expected[index])) {
      return `${name} query, body ${index}: status ${response.status}, ${text.slice(0, 300)}`;
    }
  }
  return undefined;
}

/** Data and errors; what else a server adds is its own affair. */
export function answerOf(text: string): { readonly data: unknown; readonly errors: unknown } {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  return { data, errors };
}
