import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { VenueSummary } from '../operations/venues.ts';
import { Localised } from './localised.tsx';
import { useVenueSearch } from './venue-search.tsx';

export interface VenueListTexts {
  readonly search: string;
  readonly trouble: string;
  readonly none: string;
  readonly more: string;
  readonly found: (count: number) => string;
}

interface VenueListProps {
  readonly texts: VenueListTexts;
  readonly listClass: string;
  readonly item: (venue: VenueSummary) => ComponentChildren;
}

/** Every venue, searched by name and shown page by page. */
export function VenueList({ texts, listClass, item }: VenueListProps) {
  const [search, setSearch] = useState('');
  const { venues, totalCount, hasMore, trouble, showMore } = useVenueSearch(search);
  return (
    <>
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <label for="venue-search">{texts.search}</label>
        <input
          id="venue-search"
          type="search"
          autocomplete="off"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </form>
      <p role="status" class="count">
        {trouble ? texts.trouble : countWords(texts, totalCount)}
      </p>
      <ul class={listClass}>
        {venues.map((venue) => (
          <li key={venue.id}>{item(venue)}</li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" class="secondary" onClick={showMore}>
          {texts.more}
        </button>
      )}
    </>
  );
}

function countWords(texts: VenueListTexts, count: number | null): string {
  if (count === null) return '';
  return count === 0 ? texts.none : texts.found(count);
}

/** Where a venue is; nothing where no document says it. */
export function VenuePlace({ venue }: { readonly venue: VenueSummary }) {
  if (venue.municipality) {
    return (
      <span>
        <Localised text={venue.municipality.name} />
      </span>
    );
  }
  return venue.locality === null ? null : <span>{venue.locality}</span>;
}
