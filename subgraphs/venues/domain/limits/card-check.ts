import type { Limit } from './question.ts';
import { verdict } from './verdict.ts';

/** A presentation was signed by the register: whoever writes one himself, or changes one, shows nothing. */
export const cardCheckSignature: Limit = ({ presentation, tokenFault = null }) =>
  presentation || tokenFault !== null
    ? verdict('CARD_CHECK_SIGNATURE', 'presentation.signature', {
        passes: tokenFault === null,
        code: 'PRESENTATION_INVALID',
        facts: tokenFault === null ? {} : { reason: tokenFault },
      })
    : null;

/** A presentation is for the venue it was signed for, and for no other. */
export const cardCheckVenue: Limit = ({ presentation, performance }) =>
  presentation &&
  verdict('CARD_CHECK_VENUE', 'presentation.venue', {
    passes: presentation.venueId === performance.venueId,
    code: 'PRESENTATION_INVALID',
    facts: { reason: 'OTHER_VENUE' },
  });

/** A presentation is good until its last moment, and not at it. */
export const cardCheckExpiry: Limit = ({ presentation, now }) =>
  presentation &&
  verdict('CARD_CHECK_EXPIRY', 'presentation.expiry', {
    passes: presentation.expiresAt > now,
    code: 'PRESENTATION_EXPIRED',
    facts: { expiredAt: presentation.expiresAt },
  });
