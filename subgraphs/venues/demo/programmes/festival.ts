import type { Text } from '../../../platform/text.ts';
import {
  everyOtherDay,
  seats,
  text,
  unlimited,
  type Day,
  type Programme,
  type SeasonVenue,
  type Showing,
} from '../programme.ts';
import { seededNumber } from '../seeded.ts';

const festivalEveryDays = 60;
const festivalLastsDays = 4;

const matineeHall = seats(120, 5);
const eveningHall = seats(300, 12);

/** One festival of four days in every sixty, each house at its own time. */
function onFestivalDays(slug: string, showing: Showing): (day: Day) => readonly Showing[] {
  const offset = seededNumber(festivalEveryDays, slug, 'festival');
  return (day) => ((day.number + offset) % festivalEveryDays < festivalLastsDays ? [showing] : []);
}

interface Theme {
  readonly genre: string;
  readonly matinee: Text;
  readonly evening: Text;
}

const music = (genre: string): Theme => ({
  genre,
  matinee: text('Päiväkonsertti', 'Dagskonsert', 'Afternoon concert'),
  evening: text('Iltakonsertti', 'Kvällskonsert', 'Evening concert'),
});
const dance: Theme = {
  genre: 'contemporary-dance',
  matinee: text('Tanssia päivällä', 'Dans på dagen', 'Dance in the afternoon'),
  evening: text('Tanssi-ilta', 'Danskväll', 'An evening of dance'),
};

const themes: Readonly<Record<string, Theme>> = {
  'kuopio-tanssii-ja-soi': dance,
  'tanssivirtaa-tampereella': dance,
  'tampereen-musiikkijuhlat': music('choral-music'),
  'tampere-biennale': music('contemporary-music'),
  'tampere-jazz-happening': music('jazz'),
  'april-jazz': music('jazz'),
  'kaustisen-kamarimusiikkiviikon-konsertit': music('chamber-music'),
  'kuhmon-kamarimusiikki': music('chamber-music'),
  'tampereen-teatterikesa': {
    genre: 'drama',
    matinee: text('Teatteria teltassa', 'Teater i tält', 'Theatre in a tent'),
    evening: text('Teatteri-ilta', 'Teaterkväll', 'An evening of theatre'),
  },
  'tampereen-elokuvajuhlat': {
    genre: 'short-film',
    matinee: text('Lyhytelokuvia päivällä', 'Kortfilm på dagen', 'Short films in the afternoon'),
    evening: text('Lyhytelokuvien kilpailu', 'Kortfilmstävling', 'Short film competition'),
  },
};

export function festivalProgrammes(venue: SeasonVenue): readonly Programme[] {
  const theme = themes[venue.slug] ?? music('music');
  const about = text('Festivaalin ohjelmaa.', 'Ur festivalens program.', 'From the festival programme.');
  const show = (key: string, title: Text, showing: Showing): Programme => ({
    key,
    kind: 'PRODUCTION',
    title,
    about,
    genres: [theme.genre],
    showings: onFestivalDays(venue.slug, showing),
  });
  return [
    show('matinee', theme.matinee, { from: '14:00', to: '15:30', ...matineeHall }),
    show('evening', theme.evening, { from: '19:00', to: '22:00', ...eveningHall }),
    {
      key: 'window',
      kind: 'OPEN_ENTRY',
      title: text(
        'Festivaalikuvia ikkunassa',
        'Festivalbilder i fönstret',
        'Festival pictures in the window',
      ),
      about: text(
        'Pieni kuvanäyttely. Voit tulla mihin aikaan tahansa.',
        'En liten bildutställning. Du kan komma när som helst.',
        'A small show of pictures. You may come at any time.',
      ),
      genres: [theme.genre],
      showings: everyOtherDay(unlimited),
    },
  ];
}
