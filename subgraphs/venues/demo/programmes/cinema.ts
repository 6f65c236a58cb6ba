import { on, seats, text, type Programme, type SeasonVenue } from '../programme.ts';
import { seededChoice } from '../seeded.ts';

/** A small house: the floor of 3 % of 60 seats is 2. */
const room = seats(60, 2);

const features = [
  text('Pitkä ilta', 'Den långa kvällen', 'The Long Evening'),
  text('Yölautta', 'Nattfärjan', 'The Night Ferry'),
  text('Leipurin päivä', 'Bagarens dag', 'The Baker’s Day'),
  text('Lunta kesäkuussa', 'Snö i juni', 'Snow in June'),
] as const;

const familyFilms = [
  text('Pieni pöllö', 'Den lilla ugglan', 'The Little Owl'),
  text('Sininen polkupyörä', 'Den blå cykeln', 'The Blue Bicycle'),
] as const;

export function cinemaProgrammes(venue: SeasonVenue): readonly Programme[] {
  return [
    {
      key: 'feature',
      kind: 'PRODUCTION',
      title: seededChoice(features, venue.slug, 'feature'),
      about: text('Pitkä elokuva.', 'En långfilm.', 'A feature film.'),
      genres: ['feature-film'],
      oncePerProduction: true,
      showings: on([1, 3, 5, 7], '18:00', '19:50', room),
    },
    {
      key: 'short-films',
      kind: 'PRODUCTION',
      title: text('Lyhytelokuvien ilta', 'Kortfilmskväll', 'An evening of short films'),
      about: text('Viisi lyhyttä elokuvaa.', 'Fem korta filmer.', 'Five short films.'),
      genres: ['short-film'],
      showings: on([2, 4], '18:00', '19:30', room),
    },
    {
      key: 'family-film',
      kind: 'PRODUCTION',
      title: seededChoice(familyFilms, venue.slug, 'family'),
      about: text('Elokuva koko perheelle.', 'En film för hela familjen.', 'A film for all ages.'),
      genres: ['feature-film'],
      showings: on([6], '14:00', '15:30', room),
    },
  ];
}
