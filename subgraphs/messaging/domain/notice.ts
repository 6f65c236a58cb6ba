import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { tellCancellation, type Cancellation } from './cancellation.ts';
import { tellMove, tellWaitingMove, type Move, type WaitingMove } from './move.ts';
import type { Audience, ThreadSubject } from './thread.ts';
import { tellOffer, tellWaitingEnd, type WaitingEnd, type WaitingOffer } from './waiting.ts';

/** What a thread is told: about whom, by which cause, to whom. */
export interface Notice {
  readonly about: ThreadSubject;
  readonly venueId: string;
  /** Decides who may read it. Never shown. */
  readonly cardId: string;
  readonly audience: Audience;
  /** Once per thread: the same thing is never told twice. */
  readonly cause: string;
  readonly subject: Text;
  readonly body: Text;
  readonly at: IsoInstant;
}

/** A cancelled redemption: holder and venue read the same words. */
export function noticeOfCancellation(told: Cancellation): Notice {
  const { redemptionId, venueId, cardId, at } = told;
  const about = { kind: 'REDEMPTION', id: redemptionId } as const;
  return { about, venueId, cardId, audience: 'BOTH', cause: 'cancelled', at, ...tellCancellation(told) };
}

/** A ticket whose performance has another time: in the thread of the same redemption. */
export function noticeOfMove(told: Move): Notice {
  const { redemptionId, venueId, cardId, at } = told;
  const about = { kind: 'REDEMPTION', id: redemptionId } as const;
  return { about, venueId, cardId, audience: 'BOTH', cause: causeOfMove(told), at, ...tellMove(told) };
}

/** Places for somebody who waits: a notice to the holder alone, because no venue learns who waits. */
export function noticeOfOffer(told: WaitingOffer): Notice {
  return { ...waiting(told), cause: 'offered', ...tellOffer(told) };
}

export function noticeOfWaitingEnd(told: WaitingEnd): Notice {
  return { ...waiting(told), cause: 'expired', ...tellWaitingEnd(told) };
}

/** A new time for somebody who waits: in the thread of the same place in line. */
export function noticeOfWaitingMove(told: WaitingMove): Notice {
  return { ...waiting(told), cause: causeOfMove(told), ...tellWaitingMove(told) };
}

const causeOfMove = ({ to, at }: Move | WaitingMove): string => `moved:${to.startsAt}:${at}`;

function waiting({
  entryId,
  venueId,
  cardId,
  at,
}: WaitingOffer | WaitingEnd | WaitingMove): Pick<
  Notice,
  'about' | 'venueId' | 'cardId' | 'audience' | 'at'
> {
  return { about: { kind: 'WAITING_ENTRY', id: entryId }, venueId, cardId, audience: 'HOLDER', at };
}
