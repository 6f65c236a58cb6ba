import {
  allDay,
  on,
  seats,
  text,
  unlimited,
  type Day,
  type Places,
  type Programme,
  type SeasonVenue,
  type Showing,
} from '../programme.ts';
import { seededChoice, seededNumber } from '../seeded.ts';
import { exhibitionOf } from './exhibitions.ts';

interface Hours {
  readonly opens: string;
  readonly closes: string;
}

const weekdayHours: readonly [Hours, ...Hours[]] = [
  { opens: '10:00', closes: '17:00' },
  { opens: '10:00', closes: '18:00' },
  { opens: '11:00', closes: '18:00' },
];
const wednesday: Hours = { opens: '11:00', closes: '20:00' };
const weekend: Hours = { opens: '11:00', closes: '16:00' };

/** Of 200 tickets on sale in a day; most museums set no cap at all. */
const cappedDay: Places = { tickets: 200, ticketBasis: 'ON_SALE', cap: 10 };

/** Tuesday to Sunday, longer on Wednesday. */
function openingDays(hours: Hours, places: Places): (day: Day) => readonly Showing[] {
  return (day) => {
    if (day.weekday === 1) return [];
    const { opens, closes } = day.weekday === 3 ? wednesday : day.weekday >= 6 ? weekend : hours;
    return [{ from: opens, to: closes, ...places }];
  };
}

export function museumProgrammes(venue: SeasonVenue): readonly Programme[] {
  const { title, about, genre } = exhibitionOf(venue.slug);
  const places = seededNumber(4, venue.slug, 'capped') === 0 ? cappedDay : unlimited;
  return [
    {
      key: 'exhibition',
      kind: 'OPEN_ENTRY',
      title,
      about,
      genres: [genre],
      showings: openingDays(seededChoice(weekdayHours, venue.slug, 'hours'), places),
    },
    {
      key: 'outdoors',
      kind: 'OPEN_ENTRY',
      title: text('Ulkonäyttely', 'Utomhusutställning', 'Outdoor exhibition'),
      about: text(
        'Kuvia pihalla silloin, kun sisällä on suljettu. Voit tulla mihin aikaan tahansa.',
        'Bilder på gården när det är stängt inomhus. Du kan komma när som helst.',
        'Pictures in the yard on the day the house is closed. You may come at any time.',
      ),
      genres: [genre],
      showings: allDay([1], unlimited),
    },
  ];
}

export function scienceCentreProgrammes(venue: SeasonVenue): readonly Programme[] {
  return [
    ...museumProgrammes(venue),
    {
      key: 'star-show',
      kind: 'PRODUCTION',
      title: text('Talvitaivaan tähdet', 'Vinterhimlens stjärnor', 'Stars of the Winter Sky'),
      about: text(
        'Tähtinäytös pimeässä salissa.',
        'En stjärnvisning i en mörk sal.',
        'A star show in a dark room.',
      ),
      genres: ['science'],
      showings: on([7], '13:00', '13:45', seats(130, 4)),
    },
  ];
}
