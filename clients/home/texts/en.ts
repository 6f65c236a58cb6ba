import type { HomeTexts } from './texts.ts';

export const en: HomeTexts = {
  pageTitle: 'Culture card',
  languageSwitch: 'Language',
  heading: 'Culture card',
  what: 'The open system that runs culture-card networks: a card is used at a door, and every display knows at once how many places are free.',
  demo: 'The networks, issuers and venues come from public documents. The programme and the cards are made up.',
  door: 'Card at the door',
  doorWords: 'Read a card, choose the tickets and record them.',
  displays: 'Display of a venue',
  displaysWords: 'A big screen for the foyer: free places right now.',
  search: 'Search by the name of the venue',
  found: (count) => (count === 1 ? '1 venue' : `${count} venues`),
  none: 'No venue has this name.',
  more: 'Show more',
  trouble: 'The service cannot be reached. We keep trying.',
  graph: 'GraphiQL',
  graphWords: 'Try queries (development).',
  cards: 'Made-up cards to try',
  cardsWords: 'Type a code at the door and see what happens.',
};
