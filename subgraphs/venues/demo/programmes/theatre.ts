import {
  allDay,
  everyWeekday,
  on,
  seats,
  text,
  type Programme,
  type SeasonVenue,
  type Weekday,
} from '../programme.ts';
import { seededChoice } from '../seeded.ts';

const bigStage = seats(400, 14);
const smallStage = seats(100, 4);
const foyer = seats(60, 6);

/** Houses with a stage of about 400 seats in this made-up season; the others play on a small one. */
const bigHouses = [
  'kuopion-kaupunginteatteri',
  'tampereen-teatteri',
  'tampereen-tyovaenteatteri',
  'valkeakosken-kaupunginteatteri',
];

/** Redeems only on the day of the performance. Source: policy_rules.csv redeem.window (Kuopio slides 2025-09-11). */
const sameDayHouse = 'kuopion-kaupunginteatteri';

const dramas = [
  text('Järven valot', 'Sjöns ljus', 'Lights of the Lake'),
  text('Viimeinen juna pohjoiseen', 'Sista tåget norrut', 'The Last Train North'),
  text('Talo mäen päällä', 'Huset på backen', 'The House on the Hill'),
  text('Kirje ilman nimeä', 'Brev utan namn', 'A Letter Without a Name'),
] as const;

const comedies = [
  text('Naapurin kissa', 'Grannens katt', 'The Neighbour’s Cat'),
  text('Väärä osoite', 'Fel adress', 'The Wrong Address'),
  text('Kahvitauko', 'Kaffepaus', 'Coffee Break'),
  text('Kadonnut lapanen', 'Den borttappade vanten', 'The Lost Mitten'),
] as const;

const musicals = [
  text('Torin laulu', 'Torgets sång', 'Song of the Market Square'),
  text('Tehtaan pilli', 'Fabriksvisslan', 'The Factory Whistle'),
  text('Lumihiutaleiden yö', 'Snöflingornas natt', 'Night of the Snowflakes'),
] as const;

export function theatreProgrammes(venue: SeasonVenue): readonly Programme[] {
  const stage = bigHouses.includes(venue.slug) ? bigStage : smallStage;
  const sameDay = venue.slug === sameDayHouse;
  const foyerDays: readonly Weekday[] = sameDay ? everyWeekday : [1];
  const programmes: readonly Programme[] = [
    {
      key: 'drama',
      kind: 'PRODUCTION',
      title: seededChoice(dramas, venue.slug, 'drama'),
      about: text('Näytelmä suurista valinnoista.', 'En pjäs om stora val.', 'A play about large choices.'),
      genres: ['drama'],
      oncePerProduction: true,
      showings: on([3, 5], '19:00', '21:15', stage),
    },
    {
      key: 'comedy',
      kind: 'PRODUCTION',
      title: seededChoice(comedies, venue.slug, 'comedy'),
      about: text('Komedia, jossa kaikki sekoittuu.', 'En komedi med förvecklingar.', 'A comedy of mix-ups.'),
      genres: ['comedy'],
      showings: on([4, 6], '19:00', '21:00', stage),
    },
    {
      key: 'musical',
      kind: 'PRODUCTION',
      title: seededChoice(musicals, venue.slug, 'musical'),
      about: text(
        'Laulua ja tanssia koko perheelle.',
        'Sång och dans för hela familjen.',
        'Song and dance for all ages.',
      ),
      genres: ['musical'],
      oncePerProduction: true,
      showings: on([7], '15:00', '17:30', stage),
    },
    {
      key: 'foyer',
      kind: 'OPEN_ENTRY',
      title: text('Lämpiön pukunäyttely', 'Kostymutställning i foajén', 'Costumes in the foyer'),
      about: text(
        'Esityspukuja vuosien varrelta. Voit tulla mihin aikaan tahansa.',
        'Scenkostymer från olika år. Du kan komma när som helst.',
        'Stage costumes from over the years. You may come at any time.',
      ),
      genres: ['theatre'],
      showings: allDay(foyerDays, foyer),
    },
  ];
  return sameDay
    ? programmes.map((programme) => ({ ...programme, redemptionWindow: 'SAME_DAY' }))
    : programmes;
}
