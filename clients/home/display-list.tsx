import { useState } from 'preact/hooks';
import { Localised } from '../shared/ui/localised.tsx';
import { useVenueSearch } from '../shared/ui/venue-search.tsx';
import { useTexts } from './texts/index.ts';

/** A link to the display of every venue. */
export function DisplayList() {
  const texts = useTexts();
  const [search, setSearch] = useState('');
  const { venues, totalCount, hasMore, trouble, showMore } = useVenueSearch(search);
  return (
    <section class="card" aria-labelledby="displays-heading">
      <h2 id="displays-heading">{texts.displays}</h2>
      <p>{texts.displaysWords}</p>
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
      <ul class="display-links">
        {venues.map((venue) => (
          <li key={venue.id}>
            <a href={`/display/${encodeURIComponent(venue.slug)}`}>
              <Localised text={venue.name} />
            </a>
            {venue.municipality && (
              <span>
                <Localised text={venue.municipality.name} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" class="secondary" onClick={showMore}>
          {texts.more}
        </button>
      )}
    </section>
  );
}
