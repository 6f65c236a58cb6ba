import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../shared/graphql/ask.ts';
import type { VenueSummary } from '../shared/operations/venues.ts';
import { venueById } from '../shared/operations/venues.ts';
import { backOffMs, wait } from '../shared/retry.ts';
import { rememberedVenue, rememberVenue } from './identity.ts';
import { DeskPage } from './desk/desk-page.tsx';
import { useTexts } from './texts/index.ts';
import { VenueChooser } from './venue/venue-chooser.tsx';

/** The door of one venue, or the choice of the venue. */
export function App() {
  const texts = useTexts();
  const [venue, setVenue] = useState(rememberedVenue);
  const former = useRef(venue).current;

  // The door opens with the venue as it was: its name may have changed since, or it is gone.
  useEffect(() => {
    // One that was chosen just now is known.
    if (venue === null || venue !== former) return undefined;
    let left = false;
    const load = async () => {
      for (let attempt = 0; !left; attempt++) {
        const answer = await ask(venueById, { id: venue.id });
        if (left) return;
        // A venue that is gone is chosen anew; a server that is gone is waited for.
        if (answer.kind !== 'unreachable') return choose(answer.kind === 'data' ? answer.data.venue : null);
        await wait(backOffMs(attempt, Math.random()));
      }
    };
    void load();
    return () => {
      left = true;
    };
  }, [venue?.id]);

  const choose = (chosen: VenueSummary | null) => {
    rememberVenue(chosen);
    setVenue(chosen);
  };

  useEffect(() => {
    document.title = texts.pageTitle;
  }, [texts]);

  if (venue === null) return <VenueChooser choose={choose} />;
  return <DeskPage key={venue.id} venue={venue} changeVenue={() => choose(null)} />;
}
