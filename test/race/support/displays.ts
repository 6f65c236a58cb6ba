import type { Client } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import { webSocketClient } from '../../support/client.ts';
import { orchestra } from '../../support/product.ts';

const board = /* GraphQL */ `
  subscription Board($venueId: ID!) {
    capCounter(venueId: $venueId) {
      used
      sequence
      performance {
        id
      }
    }
  }
`;

interface Counter {
  readonly used: number;
  readonly sequence: number;
  readonly performance: { readonly id: string };
}

/** A display that never reloads, with what it could tell of its own connection. */
export interface Display {
  /** What it shows now, by performance. */
  readonly shown: ReadonlyMap<string, Counter>;
  /** How often a counter was older than the one that it showed already. */
  readonly wentBack: number;
  readonly lastHeardAt: number;
  /** The longest time without any news that was not over before `since` (of performance.now). */
  longestGap(since: number): number;
}

/** So many displays of the orchestra's counters on one socket to the first gateway that answers, closed after the test. */
export function displays(urls: readonly [string, ...string[]], count: number): readonly Display[] {
  const client = webSocketClient(...urls);
  // By then nobody may be there any more, which it would report.
  onTestFinished(() => Promise.resolve(client.dispose()).catch(() => undefined));
  return Array.from({ length: count }, () => display(client));
}

function display(client: Client): Display {
  const shown = new Map<string, Counter>();
  const heard: number[] = [performance.now()];
  let wentBack = 0;
  client.subscribe<{ capCounter: Counter[] | null }>(
    { query: board, variables: { venueId: orchestra.id } },
    {
      next: ({ data }) => {
        if (!data?.capCounter) return;
        heard.push(performance.now());
        for (const counter of data.capCounter) {
          const { id } = counter.performance;
          if (counter.sequence < (shown.get(id)?.sequence ?? 0)) wentBack += 1;
          shown.set(id, counter);
        }
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return {
    shown,
    get wentBack() {
      return wentBack;
    },
    get lastHeardAt() {
      return heard.at(-1) ?? 0;
    },
    longestGap(since) {
      let longest = 0;
      for (const [n, at] of heard.entries()) {
        if (at > since) longest = Math.max(longest, at - (heard[n - 1] ?? at));
      }
      return longest;
    },
  };
}
