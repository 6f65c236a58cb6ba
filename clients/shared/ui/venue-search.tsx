import { useEffect, useState } from 'preact/hooks';
import { ask } from '../graphql/ask.ts';
import type { VenueSummary } from '../operations/venues.ts';
import { searchVenues } from '../operations/venues.ts';
import { backOffMs, wait } from '../retry.ts';

const typingPauseMs = 250;

export interface VenueSearch {
  readonly venues: readonly VenueSummary[];
  readonly totalCount: number | null;
  readonly hasMore: boolean;
  readonly trouble: boolean;
  readonly showMore: () => void;
}

/** Venues whose name contains the text, page by page; asks again for ever while the network fails. */
export function useVenueSearch(text: string): VenueSearch {
  const [venues, setVenues] = useState<readonly VenueSummary[]>([]);
  const [totalCount, setTotalCount] = useState<number | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const [trouble, setTrouble] = useState(false);

  useEffect(() => setWanted(null), [text]);
  useEffect(() => {
    let left = false;
    const load = async () => {
      await wait(wanted === null && text !== '' ? typingPauseMs : 0);
      for (let attempt = 0; !left; attempt++) {
        const answer = await ask(searchVenues, { search: text.trim() || null, after: wanted });
        if (left) return;
        setTrouble(answer.kind !== 'data');
        if (answer.kind === 'data') {
          const { nodes, pageInfo, totalCount: count } = answer.data.venues;
          setVenues((former) => (wanted === null ? nodes : [...former, ...nodes]));
          setTotalCount(count);
          setNext(pageInfo.hasNextPage ? pageInfo.endCursor : null);
          return;
        }
        await wait(backOffMs(attempt, Math.random()));
      }
    };
    void load();
    return () => {
      left = true;
    };
  }, [text, wanted]);

  return { venues, totalCount, hasMore: next !== null, trouble, showMore: () => setWanted(next) };
}
