import type { VenueType } from '../../domain/words.ts';
import { everyOtherDay, text, unlimited, type Programme, type SeasonVenue } from '../programme.ts';
import { cinemaProgrammes } from './cinema.ts';
import { courseProgrammes } from './courses.ts';
import { danceProgrammes } from './dance.ts';
import { festivalProgrammes } from './festival.ts';
import { museumProgrammes, scienceCentreProgrammes } from './museum.ts';
import { musicProgrammes } from './music.ts';
import { cityServiceProgrammes, sportsClubProgrammes, swimmingHallProgrammes } from './sport.ts';
import { theatreProgrammes } from './theatre.ts';

const openDoors: Programme = {
  key: 'open-doors',
  kind: 'OPEN_ENTRY',
  title: text('Avoimet ovet', 'Öppna dörrar', 'Open doors'),
  about: text('Tule tutustumaan.', 'Kom och bekanta dig.', 'Come and have a look.'),
  genres: [],
  showings: everyOtherDay(unlimited),
};

const byType: Readonly<Record<VenueType, (venue: SeasonVenue) => readonly Programme[]>> = {
  MUSEUM: museumProgrammes,
  ART_CENTRE: museumProgrammes,
  SCIENCE_CENTRE: scienceCentreProgrammes,
  THEATRE: theatreProgrammes,
  MUSIC: musicProgrammes,
  DANCE: danceProgrammes,
  FESTIVAL: festivalProgrammes,
  CINEMA: cinemaProgrammes,
  COURSE_PROVIDER: courseProgrammes,
  SWIMMING_HALL: swimmingHallProgrammes,
  SPORTS_CLUB: sportsClubProgrammes,
  CITY_SERVICE: cityServiceProgrammes,
  OTHER: () => [openDoors],
};

/** The made-up offerings that fit the type of the venue. */
export function programmesOf(venue: SeasonVenue): readonly Programme[] {
  return byType[venue.type](venue);
}
