import { describe, expect, it } from 'vitest';
import { tellMove, type Move } from '../../subgraphs/messaging/domain/move.ts';
import { noticeOfMove, noticeOfOffer, noticeOfWaitingEnd } from '../../subgraphs/messaging/domain/notice.ts';
import {
  tellOffer,
  tellWaitingEnd,
  waitingEnds,
  type WaitingOffer,
} from '../../subgraphs/messaging/domain/waiting.ts';

const offer: WaitingOffer = {
  entryId: 'entry',
  cardId: 'secret-card',
  venueId: 'venue',
  offeringTitle: { fi: 'Syyskonsertti', sv: 'Höstkonsert', en: null },
  startsAt: '2026-11-22T16:30:00.000Z',
  at: '2026-11-20T08:00:00.000Z',
  tickets: 3,
  expiresAt: '2026-11-20T10:00:00.000Z',
};
const move: Move = {
  redemptionId: 'redemption',
  cardId: 'secret-card',
  venueId: 'venue',
  offeringTitle: { fi: 'Syyskonsertti', sv: null, en: null },
  from: { startsAt: '2026-11-22T16:30:00.000Z' },
  to: { startsAt: '2026-11-23T17:00:00.000Z' },
  at: '2026-11-20T08:00:00.000Z',
};
const everything = [
  tellOffer(offer),
  ...waitingEnds.map((reason) => tellWaitingEnd({ ...offer, reason })),
  tellMove(move),
];

describe('messages about waiting and new times', () => {
  it('an offer says how many tickets, for what, what to do and until when, in Helsinki time', () => {
    const { subject, body } = tellOffer(offer);
    expect(subject).toEqual({
      fi: 'Paikkoja vapautui: Syyskonsertti, 22.11.2026 klo 18.30',
      sv: 'Lediga platser: Höstkonsert, 22.11.2026 kl. 18.30',
      en: 'Places for you: Syyskonsertti, 22 November 2026 at 18:30',
    });
    expect(body.fi).toContain('Lippuja on varattuna 3. Ota ne vastaan viimeistään 20.11.2026 klo 12.00.');
    expect(body.en).toContain('by 20 November 2026 at 12:00');
  });

  it('a new time is told with the old one', () => {
    const { subject, body } = tellMove(move);
    expect(subject.fi).toBe('Uusi aika: Syyskonsertti, 23.11.2026 klo 19.00');
    expect(body.en).toContain('23 November 2026 at 19:00');
    expect(body.en).toContain('22 November 2026 at 18:30');
  });

  it('each says in every language what to do next, leaves no gap and names neither card nor reason', () => {
    for (const { subject, body } of everything) {
      for (const text of [body.fi, body.sv, body.en]) {
        expect(text).not.toMatch(/[{}]|undefined|null|NaN/);
        expect(text?.split('. ').length).toBeGreaterThanOrEqual(4);
      }
      expect(JSON.stringify([subject, body])).not.toMatch(/secret-card|poor|poverty|köyh|vähävarai|fattig/i);
    }
  });

  it('the end of an offer and of a performance are told in different words', () => {
    const bodies = waitingEnds.map((reason) => tellWaitingEnd({ ...offer, reason }).body.en);
    expect(new Set(bodies).size).toBe(waitingEnds.length);
  });

  it('about waiting go to the holder alone, about a ticket to both sides', () => {
    expect(noticeOfOffer(offer)).toMatchObject({
      audience: 'HOLDER',
      about: { kind: 'WAITING_ENTRY', id: 'entry' },
    });
    expect(noticeOfWaitingEnd({ ...offer, reason: 'NOT_ANSWERED' }).audience).toBe('HOLDER');
    expect(noticeOfMove(move)).toMatchObject({ audience: 'BOTH', about: { kind: 'REDEMPTION' } });
  });
});
