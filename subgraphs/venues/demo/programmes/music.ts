import {
  allDay,
  everyOtherDay,
  everyWeekday,
  on,
  seats,
  text,
  type Programme,
  type SeasonVenue,
} from '../programme.ts';

/** The hall of 600 keeps the city orchestra's 20 per concert above the floor of 3 % (18). Source: policy_rules.csv cap.absolute. */
const kuopioHall = seats(600, 20);
const otherHall = seats(450, 16);
const rehearsalRoom = seats(200, 20);

const openRehearsal = {
  key: 'open-rehearsal',
  kind: 'OPEN_ENTRY',
  title: text('Avoin harjoitus', 'Öppen repetition', 'Open rehearsal'),
  about: text(
    'Tule kuuntelemaan, kun orkesteri harjoittelee. Voit tulla mihin aikaan tahansa.',
    'Kom och lyssna när orkestern repeterar. Du kan komma när som helst.',
    'Come and listen while the orchestra rehearses. You may come at any time.',
  ),
  genres: ['classical'],
} as const;

const symphony = {
  key: 'symphony-concert',
  kind: 'PRODUCTION',
  title: text('Sinfoniakonsertti', 'Symfonikonsert', 'Symphony concert'),
  about: text(
    'Orkesterin illan ohjelmassa on kaksi sinfoniaa.',
    'På orkesterns program står två symfonier.',
    'The orchestra plays two symphonies this evening.',
  ),
  genres: ['classical'],
} as const;

const chamber = {
  key: 'chamber-concert',
  kind: 'PRODUCTION',
  title: text('Kamarikonsertti', 'Kammarkonsert', 'Chamber concert'),
  about: text(
    'Pieni ryhmä orkesterin soittajia.',
    'En liten grupp av orkesterns musiker.',
    'A small group of players of the orchestra.',
  ),
  genres: ['chamber-music'],
} as const;

const iskelma = {
  key: 'iskelma-evening',
  kind: 'PRODUCTION',
  title: text('Iskelmäilta', 'Schlagerkväll', 'An evening of popular song'),
  about: text(
    'Tuttuja lauluja orkesterin säestyksellä.',
    'Bekanta sånger med orkester.',
    'Well-known songs with the orchestra.',
  ),
  genres: ['iskelma'],
} as const;

const jazz = {
  key: 'jazz-evening',
  kind: 'PRODUCTION',
  title: text('Jazzia orkesterille', 'Jazz för orkester', 'Jazz for orchestra'),
  about: text('Orkesteri ja jazzyhtye.', 'Orkestern och ett jazzband.', 'The orchestra with a jazz band.'),
  genres: ['jazz'],
} as const;

/** Kuopio plays every evening, so that the door page has a concert on any day that somebody tries it. */
function kuopioCityOrchestra(): readonly Programme[] {
  return [
    { ...symphony, showings: on([4, 5], '19:00', '21:00', kuopioHall) },
    { ...chamber, showings: on([1, 2, 7], '18:00', '19:30', kuopioHall) },
    { ...jazz, showings: on([3], '19:00', '21:00', kuopioHall) },
    { ...iskelma, showings: on([6], '19:00', '21:00', kuopioHall) },
    { ...openRehearsal, showings: allDay(everyWeekday, rehearsalRoom) },
  ];
}

export function musicProgrammes(venue: SeasonVenue): readonly Programme[] {
  if (venue.slug === 'kuopion-kaupunginorkesteri') return kuopioCityOrchestra();
  return [
    { ...symphony, showings: on([4], '19:00', '21:00', otherHall) },
    { ...openRehearsal, showings: everyOtherDay(rehearsalRoom) },
  ];
}
