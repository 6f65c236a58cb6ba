import { everyOtherDay, on, seats, text, type Programme, type SeasonVenue } from '../programme.ts';
import { seededNumber } from '../seeded.ts';

/** Twelve in the room, of them two card places; a course place is for the holder only, never for children. */
const classroom = seats(12, 2);
const onlineGroup = seats(40, 2);

const holderOnly = text(
  'Paikka on kortinhaltijalle. Kurssilla ei ole paikkoja lapsille.',
  'Platsen är för kortets innehavare. Kursen har inga platser för barn.',
  'The place is for the card holder. The course has no places for children.',
);

const online: Programme = {
  key: 'online-languages',
  kind: 'COURSE',
  title: text('Kieliä verkossa', 'Språk på nätet', 'Languages online'),
  about: text(
    `Aloita mihin aikaan tahansa. ${holderOnly.fi}`,
    `Börja när som helst. ${holderOnly.sv}`,
    `Start at any time of the day. ${holderOnly.en}`,
  ),
  genres: ['languages'],
  showings: everyOtherDay(onlineGroup),
};

const inTheClassroom: readonly Programme[] = [
  {
    key: 'ceramics',
    kind: 'COURSE',
    title: text('Keramiikan iltakurssi', 'Kvällskurs i keramik', 'Evening course in ceramics'),
    about: holderOnly,
    genres: ['ceramics'],
    showings: on([2], '17:00', '20:00', classroom),
  },
  {
    key: 'knitting',
    kind: 'COURSE',
    title: text('Villasukan kantapää', 'Ullsockans häl', 'Turning the heel of a sock'),
    about: holderOnly,
    genres: ['textiles'],
    showings: on([4], '17:30', '20:00', classroom),
  },
  {
    key: 'phone-skills',
    kind: 'COURSE',
    title: text('Puhelin tutuksi', 'Bekanta dig med telefonen', 'Getting to know your phone'),
    about: holderOnly,
    genres: ['digital-skills'],
    showings: on([6], '10:00', '12:00', classroom),
  },
];

/** The online course and two of the three in the classroom. */
export function courseProgrammes(venue: SeasonVenue): readonly Programme[] {
  const leftOut = seededNumber(inTheClassroom.length, venue.slug, 'courses');
  return [online, ...inTheClassroom.filter((_, index) => index !== leftOut)];
}
