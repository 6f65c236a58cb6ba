import { AppError } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { deskPlace } from '../domain/desk.ts';
import { refusalMessage } from '../domain/messages.ts';
import { checkDoor, countedDoor, countMisses } from './attempts.ts';
import type { CardsServices } from './services.ts';

/**
 * A code that is typed at a unit's desk is a guess like one at a door: misses are counted by the same limits, and a desk
 * with too many of them gets no more answers to codes, right ones included. Refuses TOO_MANY_MISSES.
 */
export async function countingMisses<Answer>(
  services: CardsServices,
  viewer: Viewer,
  isMiss: (answer: Answer) => boolean,
  look: () => Promise<Answer>,
): Promise<Answer | Refusal<'TOO_MANY_MISSES'>> {
  const now = services.clock.now();
  const place = deskPlace(viewer.role === 'ISSUER_STAFF' ? viewer.issuerId : viewer.role);
  const desk = countedDoor(services, viewer, place);
  const locked = await checkDoor(services, desk, now);
  if (locked) return locked;
  const answer = await look();
  if (!isMiss(answer)) return answer;
  return (await countMisses(services, desk, 1, now)) ?? answer;
}

/** Whether the answer refuses with this code. */
export function refusedWith(code: string): (answer: unknown) => boolean {
  return (answer) => isRefusal(answer) && answer.code === code;
}

/** For a query, whose answer has no place for a refusal. */
export function tooManyMisses({ code, facts }: Refusal<'TOO_MANY_MISSES'>): AppError {
  return new AppError(code, refusalMessage(code, facts).en ?? code, facts);
}
