import { everyOtherDay, on, seats, text, type Programme, type SeasonVenue } from '../programme.ts';
import { seededChoice } from '../seeded.ts';

const works = [
  text('Tuulen suunta', 'Vindens riktning', 'The Way of the Wind'),
  text('Askeleita lumessa', 'Steg i snön', 'Steps in the Snow'),
  text('Kaksi varjoa', 'Två skuggor', 'Two Shadows'),
] as const;

export function danceProgrammes(venue: SeasonVenue): readonly Programme[] {
  return [
    {
      key: 'dance-work',
      kind: 'PRODUCTION',
      title: seededChoice(works, venue.slug, 'work'),
      about: text(
        'Nykytanssia neljälle tanssijalle.',
        'Nutida dans för fyra dansare.',
        'Contemporary dance for four.',
      ),
      genres: ['contemporary-dance'],
      oncePerProduction: true,
      showings: on([5, 6], '19:00', '20:10', seats(100, 4)),
    },
    {
      key: 'open-studio',
      kind: 'OPEN_ENTRY',
      title: text('Avoin harjoitussali', 'Öppen danssal', 'Open studio'),
      about: text(
        'Katso, miten tanssi syntyy. Voit tulla mihin aikaan tahansa.',
        'Se hur en dans blir till. Du kan komma när som helst.',
        'See how a dance is made. You may come at any time.',
      ),
      genres: ['dance'],
      showings: everyOtherDay(seats(40, 4)),
    },
  ];
}
