/* oxlint-disable import/no-unassigned-import -- style sheets and a polyfill are here for what they do */
import '../shared/graphql/promise-finally.ts';
import 'virtual:tokens.css';
import '../shared/style/fonts.css';
import './style.css';
import './television.css';
import type { Language } from '../shared/i18n/language.ts';
import { initialLanguage, languagesInAddress, rememberLanguage } from '../shared/i18n/language.ts';
import { Counters } from '../shared/counters.ts';
import { ask } from '../shared/graphql/ask.ts';
import type { LiveFeed } from '../shared/graphql/live.ts';
import { watch } from '../shared/graphql/live.ts';
import { venueCounters } from '../shared/operations/counters.ts';
import type { VenueSummary } from '../shared/operations/venues.ts';
import { venueBySlug } from '../shared/operations/venues.ts';
import { backOffMs, wait } from '../shared/retry.ts';
import { hasEnded, showings } from './programme.ts';
import type { DisplayState } from './state.ts';
import { draw } from './view.ts';

const tickMs = 1_000;
const unknownVenueRetryMs = 30_000;
/** An ended performance makes room for the next one at most this often. */
const refreshMs = 60_000;
const turnMs = 20_000;

const slug = decodeURIComponent(location.pathname.replace(/^.*\/display\//, '').replace(/\/.*$/, ''));
const counters = new Counters();
let turns = languagesInAddress(location.search);
let language: Language = initialLanguage();
let state: DisplayState = { name: 'loading' };
/** Server's clock minus this device's: televisions are often minutes off. */
let clockErrorMs = 0;

const now = () => new Date(Date.now() + clockErrorMs);

function show(next: DisplayState): void {
  state = next;
  draw(state, { language, slug, now: now(), chooseLanguage });
}

function chooseLanguage(chosen: Language): void {
  turns = [];
  language = chosen;
  rememberLanguage(chosen);
  show(state);
}

/** Finds the venue, however long the server takes to come up. */
async function findVenue(): Promise<VenueSummary> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask(venueBySlug, { slug });
    if (answer.kind === 'data') {
      if (answer.serverTime) clockErrorMs = clockError(answer.serverTime);
      if (answer.data.venue) return answer.data.venue;
      show({ name: 'unknown-venue' });
      await wait(unknownVenueRetryMs);
    } else {
      show({ name: 'unreachable' });
      await wait(backOffMs(attempt, Math.random()));
    }
  }
}

/** The Date header has whole seconds: smaller differences mean nothing. */
function clockError(serverTime: Date): number {
  const error = serverTime.getTime() - Date.now();
  return Math.abs(error) > 5_000 ? error : 0;
}

function follow(venue: VenueSummary): void {
  let refreshedAt = Date.now();
  const change = (part: Partial<Extract<DisplayState, { name: 'venue' }>>) => {
    if (state.name === 'venue') show(Object.assign({}, state, part));
  };
  show({ name: 'venue', venue: venue.name, showings: null, live: true, heardAt: null });
  const feed: LiveFeed = watch(
    venueCounters,
    { venueId: venue.id },
    {
      news: ({ capCounter }) =>
        change({ showings: showings(capCounter, counters), live: true, heardAt: now() }),
      alive: () => change(state.name === 'venue' && state.live ? { heardAt: now() } : {}),
      lost: () => {
        if (state.name === 'venue' && state.live) change({ live: false });
      },
    },
  );
  setInterval(() => {
    if (state.name !== 'venue' || !state.showings) return;
    const ended = state.showings.some((showing) => hasEnded(showing, now()));
    if (ended && Date.now() - refreshedAt > refreshMs) {
      refreshedAt = Date.now();
      feed.refresh();
    }
  }, tickMs);
}

function takeTurns(): void {
  if (turns.length < 2) return;
  language = turns[(turns.indexOf(language) + 1) % turns.length] ?? language;
  show(state);
}

show(state);
// The clock, what is on now and what has ended follow the time by themselves.
setInterval(() => show(state), tickMs);
setInterval(takeTurns, turnMs);
void findVenue().then(follow);
