import { useEffect, useState } from 'preact/hooks';
import { ask } from '../shared/graphql/ask.ts';
import type { VenueSummary } from '../shared/operations/venues.ts';
import { venueById } from '../shared/operations/venues.ts';
import { backOffMs, wait } from '../shared/retry.ts';
import { rememberedVenueId, rememberVenueId } from './identity.ts';
import { DeskPage } from './desk/desk-page.tsx';
import { useTexts } from './texts/index.ts';
import { VenueChooser } from './venue/venue-chooser.tsx';
import { PageHeader } from './page-header.tsx';

/** The door of one venue, or the choice of the venue. */
export function App() {
  const texts = useTexts();
  const [venueId, setVenueId] = useState(rememberedVenueId);
  const [venue, setVenue] = useState<VenueSummary | null>(null);
  const [trouble, setTrouble] = useState(false);

  useEffect(() => {
    if (venueId === null || venue?.id === venueId) return undefined;
    let left = false;
    const load = async () => {
      for (let attempt = 0; !left; attempt++) {
        const answer = await ask(venueById, { id: venueId });
        if (left) return;
        if (answer.kind === 'data' && answer.data.venue) return setVenue(answer.data.venue);
        // A venue that is gone is chosen anew; a server that is gone is waited for.
        if (answer.kind !== 'unreachable') return choose(null);
        setTrouble(true);
        await wait(backOffMs(attempt, Math.random()));
      }
    };
    void load();
    return () => {
      left = true;
    };
  }, [venueId]);

  const choose = (chosen: VenueSummary | null) => {
    rememberVenueId(chosen?.id ?? null);
    setVenue(chosen);
    setVenueId(chosen?.id ?? null);
  };

  useEffect(() => {
    document.title = texts.pageTitle;
  }, [texts]);

  if (venueId === null) return <VenueChooser choose={choose} />;
  if (venue === null) {
    return (
      <>
        <PageHeader />
        <main class="narrow">
          <h1>{texts.pageTitle}</h1>
          <p role="status">{trouble ? texts.venue.trouble : texts.programme.loading}</p>
        </main>
      </>
    );
  }
  return <DeskPage key={venue.id} venue={venue} changeVenue={() => choose(null)} />;
}
