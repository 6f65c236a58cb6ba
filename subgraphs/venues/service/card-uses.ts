import { localDate, localDateTime } from '../../platform/clock.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { LimitQuestion } from '../domain/limits/index.ts';
import { findCourseUses, findSeen } from '../store/card-uses.ts';
import type { VenuesReader } from '../store/database.ts';
import type { DoorFacts } from './door-facts.ts';

/** What the limits must know of a card's uses: of this offering, and of courses when this is one. */
export async function cardUses(
  db: VenuesReader,
  cardId: string,
  { offering }: DoorFacts,
  now: IsoInstant,
): Promise<Required<Pick<LimitQuestion, 'seen' | 'courses'>>> {
  const seen = await findSeen(db, cardId, offering.id);
  if (offering.kind !== 'COURSE') return { seen, courses: null };
  const newYear = localDateTime(`${localDate(now).slice(0, 4)}-01-01`, '00:00');
  return { seen, courses: await findCourseUses(db, cardId, newYear, now) };
}
