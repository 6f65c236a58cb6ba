import type { HomeTexts } from './texts.ts';

export const sv: HomeTexts = {
  pageTitle: 'Kulturkortet',
  languageSwitch: 'Språk',
  heading: 'Kulturkortet',
  what: 'Ett öppet system för nätverken kring kulturkort: kortet används vid dörren och varje skärm vet genast hur många platser som är lediga.',
  demo: 'Nätverken, utdelarna och platserna kommer ur offentliga dokument. Programmet och korten är påhittade.',
  door: 'Kort vid dörren',
  doorWords: 'Läs kortet, välj biljetter och registrera dem.',
  displays: 'Platsens skärm',
  displaysWords: 'En stor skärm för foajén: lediga platser just nu.',
  search: 'Sök på platsens namn',
  found: (count) => (count === 1 ? '1 plats' : `${count} platser`),
  none: 'Ingen plats med det namnet hittades.',
  more: 'Visa fler',
  trouble: 'Vi får ingen kontakt med tjänsten. Vi försöker igen hela tiden.',
  graph: 'GraphiQL',
  graphWords: 'Pröva frågor (för utveckling).',
  cards: 'Påhittade kort att pröva',
  cardsWords: 'Skriv koden vid dörren och se vad som händer.',
};
