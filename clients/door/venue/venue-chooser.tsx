import { useState } from 'preact/hooks';
import type { VenueSummary } from '../../shared/operations/venues.ts';
import { Localised } from '../../shared/ui/localised.tsx';
import { useVenueSearch } from '../../shared/ui/venue-search.tsx';
import { PageHeader } from '../page-header.tsx';
import { useTexts } from '../texts/index.ts';

/** Development identity: the door of any venue can be opened. */
export function VenueChooser({ choose }: { readonly choose: (venue: VenueSummary) => void }) {
  const texts = useTexts().venue;
  const [search, setSearch] = useState('');
  const { venues, totalCount, hasMore, trouble, showMore } = useVenueSearch(search);
  return (
    <>
      <PageHeader />
      <main class="narrow">
        <h1>{texts.choose}</h1>
        <p class="lead">{texts.intro}</p>
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
          {trouble
            ? texts.trouble
            : totalCount === 0
              ? texts.none
              : totalCount === null
                ? ''
                : texts.found(totalCount)}
        </p>
        <ul class="venue-list">
          {venues.map((venue) => (
            <li key={venue.id}>
              <button type="button" class="venue-button" onClick={() => choose(venue)}>
                <strong>
                  <Localised text={venue.name} />
                </strong>{' '}
                {venue.municipality && (
                  <span>
                    <Localised text={venue.municipality.name} />
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
        {hasMore && (
          <button type="button" class="secondary" onClick={showMore}>
            {texts.more}
          </button>
        )}
      </main>
    </>
  );
}
