import { Localised } from '../shared/ui/localised.tsx';
import { VenueList, VenuePlace } from '../shared/ui/venue-list.tsx';
import { useTexts } from './texts/index.ts';

/** A link to the display of every venue. */
export function DisplayList() {
  const texts = useTexts();
  return (
    <section class="card" aria-labelledby="displays-heading">
      <h2 id="displays-heading">{texts.displays}</h2>
      <p>{texts.displaysWords}</p>
      <VenueList
        texts={texts}
        listClass="display-links"
        item={(venue) => (
          <>
            <a href={`/display/${encodeURIComponent(venue.slug)}`}>
              <Localised text={venue.name} />
            </a>
            <VenuePlace venue={venue} />
          </>
        )}
      />
    </section>
  );
}
