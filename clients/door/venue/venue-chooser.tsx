import type { VenueSummary } from '../../shared/operations/venues.ts';
import { Localised } from '../../shared/ui/localised.tsx';
import { VenueList, VenuePlace } from '../../shared/ui/venue-list.tsx';
import { PageHeader } from '../page-header.tsx';
import { useTexts } from '../texts/index.ts';

/** Development identity: the door of any venue can be opened. */
export function VenueChooser({ choose }: { readonly choose: (venue: VenueSummary) => void }) {
  const texts = useTexts().venue;
  return (
    <>
      <PageHeader />
      <main class="narrow">
        <h1>{texts.choose}</h1>
        <p class="lead">{texts.intro}</p>
        <VenueList
          texts={texts}
          listClass="venue-list"
          item={(venue) => (
            <button type="button" class="venue-button" onClick={() => choose(venue)}>
              <strong>
                <Localised text={venue.name} />
              </strong>{' '}
              <VenuePlace venue={venue} />
            </button>
          )}
        />
      </main>
    </>
  );
}
