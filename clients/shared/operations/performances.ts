import type { CounterNumbers } from '../counters.ts';
import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';
import type { PerformanceStatus } from './counters.ts';

export interface PerformanceSummary {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly status: PerformanceStatus;
  readonly offering: { readonly title: Text };
  readonly capCounter: CounterNumbers;
}

export interface PerformanceList {
  readonly performances: { readonly nodes: readonly PerformanceSummary[] };
}

/** A venue's performances that end after `from` and start before `to`, earliest first. */
export const venuePerformances = operation<{ venueId: string; from: string; to: string }, PerformanceList>(`
  query VenuePerformances($venueId: ID!, $from: DateTime!, $to: DateTime!) {
    performances(first: 200, venueId: $venueId, from: $from, to: $to) {
      nodes {
        id startsAt endsAt status
        offering { title { fi sv en } }
        capCounter { cap used remaining sequence asOf }
      }
    }
  }
`);
