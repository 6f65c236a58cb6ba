import type { CounterNumbers } from '../counters.ts';
import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';

export type PerformanceStatus = 'SCHEDULED' | 'CANCELLED';

export interface CounterNews extends CounterNumbers {
  readonly performance: {
    readonly id: string;
    readonly startsAt: string;
    readonly endsAt: string | null;
    readonly status: PerformanceStatus;
    readonly offering: { readonly title: Text; readonly kind: string };
  };
}

/** Every event is the full list of the venue's current and next performances. Displays and doors send the same text, so the gateway serves them from one upstream. */
export const venueCounters = operation<{ venueId: string }, { capCounter: readonly CounterNews[] }>(`
  subscription VenueCounters($venueId: ID!) {
    capCounter(venueId: $venueId) {
      cap used remaining sequence asOf
      performance {
        id startsAt endsAt status
        offering { title { fi sv en } kind venue { id name { fi sv en } municipality { name { fi sv en } } } }
      }
    }
  }
`);
