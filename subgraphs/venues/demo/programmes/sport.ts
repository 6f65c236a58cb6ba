import {
  capOnly,
  everyOtherDay,
  on,
  seats,
  text,
  type Programme,
  type Showing,
  type Day,
} from '../programme.ts';

/** Passes a card may give in a day; nobody counts how many the hall sells, so no floor can be counted. */
const passesOfTheDay = capOnly(5);

function hallHours(day: Day): readonly Showing[] {
  return day.weekday >= 6
    ? [{ from: '10:00', to: '18:00', ...passesOfTheDay }]
    : [{ from: '06:00', to: '21:00', ...passesOfTheDay }];
}

export function swimmingHallProgrammes(): readonly Programme[] {
  return [
    {
      key: 'swimming-pass',
      kind: 'SERIES_PASS',
      // At least 30 visits: policy_rules.csv swimming.series_card_min_visits.
      title: text('Uintikortti, 30 käyntiä', 'Simkort, 30 besök', 'Swimming pass, 30 visits'),
      about: text(
        'Sarjakortin saa kassalta hallin aukioloaikana.',
        'Seriekortet får du i kassan när hallen är öppen.',
        'The pass is handed out at the desk while the hall is open.',
      ),
      genres: ['swimming'],
      showings: hallHours,
    },
    {
      key: 'water-exercise',
      kind: 'OPEN_ENTRY',
      title: text('Vesijumppa', 'Vattengymnastik', 'Water exercise'),
      about: text('Ohjattu ryhmä altaassa.', 'En ledd grupp i bassängen.', 'A guided group in the pool.'),
      genres: ['swimming'],
      showings: on([3], '18:00', '18:45', seats(30, 2)),
    },
  ];
}

export function sportsClubProgrammes(): readonly Programme[] {
  return [
    {
      key: 'home-match',
      kind: 'PRODUCTION',
      title: text('Kotiottelu', 'Hemmamatch', 'Home match'),
      about: text('Jääkiekkoa jäähallissa.', 'Ishockey i ishallen.', 'Ice hockey at the rink.'),
      genres: ['ice-hockey'],
      showings: on([3, 6], '18:30', '21:00', seats(400, 15)),
    },
    {
      key: 'open-practice',
      kind: 'OPEN_ENTRY',
      title: text('Avoimet harjoitukset', 'Öppen träning', 'Open practice'),
      about: text(
        'Katso, kun joukkue harjoittelee. Voit tulla mihin aikaan tahansa.',
        'Se på när laget tränar. Du kan komma när som helst.',
        'Watch the team practise. You may come at any time.',
      ),
      genres: ['ice-hockey'],
      showings: everyOtherDay(seats(100, 10)),
    },
  ];
}

export function cityServiceProgrammes(): readonly Programme[] {
  return [
    {
      key: 'exercise-group',
      kind: 'OPEN_ENTRY',
      title: text('Liikuntaryhmä', 'Motionsgrupp', 'Exercise group'),
      about: text(
        'Ohjattua liikuntaa omaan tahtiin.',
        'Ledd motion i egen takt.',
        'Guided exercise at your own pace.',
      ),
      genres: ['exercise-groups'],
      showings: on([1, 2, 3, 4, 5], '10:00', '10:45', seats(20, 3)),
    },
    {
      key: 'gym',
      kind: 'OPEN_ENTRY',
      title: text('Avoin kuntosali', 'Öppet gym', 'Open gym'),
      about: text('Kuntosali ja ohjaaja.', 'Gym med instruktör.', 'A gym with an instructor.'),
      genres: ['gym'],
      showings: on([6, 7], '09:00', '15:00', seats(30, 5)),
    },
    {
      key: 'culture-trip',
      kind: 'PRODUCTION',
      title: text('Kulttuuriretki ikääntyneille', 'Kulturutflykt för äldre', 'Culture trip for older people'),
      about: text('Yhteinen retki bussilla.', 'En gemensam utflykt med buss.', 'A trip together by bus.'),
      genres: ['history'],
      showings: on([3], '13:00', '16:00', seats(40, 4)),
    },
  ];
}
