import { cancellers } from '../domain/cancellation.ts';
import {
  noticeOfCancellation,
  noticeOfMove,
  noticeOfOffer,
  noticeOfWaitingEnd,
  noticeOfWaitingMove,
  type Notice,
} from '../domain/notice.ts';
import { waitingEnds } from '../domain/waiting.ts';
import type { EventFields } from './event-fields.ts';

/** What each event of venues is told as. */
export const notices: Readonly<Record<string, (fields: EventFields) => Notice>> = {
  'redemption.cancelled': (fields) =>
    noticeOfCancellation({
      ...redemption(fields),
      cancelledBy: fields.oneOf('cancelledBy', cancellers),
      startsAt: fields.moment('startsAt'),
    }),
  'redemption.moved': (fields) => noticeOfMove({ ...redemption(fields), ...times(fields) }),
  'waiting.offered': (fields) =>
    noticeOfOffer({
      ...waited(fields),
      tickets: fields.count('tickets'),
      expiresAt: fields.moment('expiresAt'),
    }),
  'waiting.moved': (fields) =>
    noticeOfWaitingMove({ entryId: fields.text('entryId'), ...common(fields), ...times(fields) }),
  'waiting.expired': (fields) =>
    noticeOfWaitingEnd({ ...waited(fields), reason: fields.oneOf('reason', waitingEnds) }),
};

interface Common {
  readonly cardId: string;
  readonly venueId: string;
  readonly offeringTitle: ReturnType<EventFields['title']>;
  readonly at: string;
}

function common(fields: EventFields): Common {
  return {
    cardId: fields.text('cardId'),
    venueId: fields.text('venueId'),
    offeringTitle: fields.title('offeringTitle'),
    at: fields.moment('at'),
  };
}

function redemption(fields: EventFields): Common & { readonly redemptionId: string } {
  return { redemptionId: fields.text('redemptionId'), ...common(fields) };
}

function waited(fields: EventFields): Common & { readonly entryId: string; readonly startsAt: string } {
  return { entryId: fields.text('entryId'), startsAt: fields.moment('startsAt'), ...common(fields) };
}

function times(fields: EventFields): Readonly<Record<'from' | 'to', { readonly startsAt: string }>> {
  return {
    from: { startsAt: fields.within('from').moment('startsAt') },
    to: { startsAt: fields.within('to').moment('startsAt') },
  };
}
