import { describe, expect, it } from 'vitest';
import {
  cancellers,
  tellCancellation,
  type Cancellation,
} from '../../subgraphs/messaging/domain/cancellation.ts';
import { isOf, sideOf } from '../../subgraphs/messaging/domain/policy.ts';
import { AppError } from '../../subgraphs/platform/errors.ts';
import type { Role, Viewer } from '../../subgraphs/platform/viewer.ts';

const concert: Cancellation = {
  redemptionId: 'redemption',
  cardId: 'secret-card',
  venueId: 'venue',
  cancelledBy: 'VENUE',
  offeringTitle: { fi: 'Syyskonsertti', sv: 'Höstkonsert', en: null },
  startsAt: '2026-11-22T16:30:00.000Z',
  at: '2026-11-20T08:00:00.000Z',
};

describe('the message about a cancellation', () => {
  it('tells in Finnish, Swedish and English what and when, in Helsinki time', () => {
    expect(tellCancellation(concert).subject).toEqual({
      fi: 'Peruttu: Syyskonsertti, 22.11.2026 klo 18.30',
      sv: 'Avbokat: Höstkonsert, 22.11.2026 kl. 18.30',
      en: 'Cancelled: Syyskonsertti, 22 November 2026 at 18:30',
    });
    expect(tellCancellation(concert).body.fi).toContain('”Syyskonsertti”, 22.11.2026 klo 18.30');
  });

  it('follows summer time', () => {
    const midsummer = { ...concert, startsAt: '2026-06-30T21:05:00.000Z' };
    expect(tellCancellation(midsummer).subject.en).toBe('Cancelled: Syyskonsertti, 1 July 2026 at 00:05');
  });

  it('tells only the day of what begins at midnight: it lasts the whole day', () => {
    const { subject } = tellCancellation({ ...concert, startsAt: '2026-11-22T22:00:00.000Z' });
    expect([subject.fi, subject.en]).toEqual([
      'Peruttu: Syyskonsertti, 23.11.2026',
      'Cancelled: Syyskonsertti, 23 November 2026',
    ]);
  });

  it.each(cancellers)('by %s says in every language what to do next and leaves no gap', (cancelledBy) => {
    const { body } = tellCancellation({ ...concert, cancelledBy });
    for (const text of [body.fi, body.sv, body.en]) {
      expect(text).not.toMatch(/[{}]|undefined|null|NaN/);
      expect(text?.split('. ').length).toBeGreaterThanOrEqual(4);
    }
  });

  it('differs by who cancelled', () => {
    const bodies = cancellers.map((cancelledBy) => tellCancellation({ ...concert, cancelledBy }).body.en);
    expect(new Set(bodies).size).toBe(3);
  });

  it('never names the card or why somebody has one', () => {
    for (const cancelledBy of cancellers) {
      const told = JSON.stringify(tellCancellation({ ...concert, cancelledBy }));
      expect(told).not.toMatch(/secret-card|poor|poverty|köyh|vähävarai|fattig/i);
    }
  });

  it('takes a title as it is, also one that looks like a pattern or is missing', () => {
    const odd = tellCancellation({ ...concert, offeringTitle: { fi: "$& {what} $'", sv: null, en: null } });
    expect(odd.body.fi).toContain("”$& {what} $'”");
    const untitled = tellCancellation({ ...concert, offeringTitle: { fi: null, sv: null, en: '' } });
    expect(untitled.subject.en).toBe('Cancelled: event, 22 November 2026 at 18:30');
  });
});

describe('the threads', () => {
  const thread = { subject: { fi: null, sv: null, en: null }, startedAt: '', audience: 'BOTH' } as const;
  const about = { kind: 'REDEMPTION', id: 'r' } as const;
  const mine = { ...thread, about, id: 't', venueId: 'venue', cardId: 'card' };

  it('of a card are its holder’s, and those of a venue its staff’s', () => {
    expect(isOf(sideOf({ role: 'HOLDER', cardId: 'card' }), mine)).toBe(true);
    expect(isOf(sideOf({ role: 'HOLDER', cardId: 'another' }), mine)).toBe(false);
    expect(isOf(sideOf({ role: 'VENUE_STAFF', venueId: 'venue' }), mine)).toBe(true);
    expect(isOf(sideOf({ role: 'VENUE_STAFF', venueId: 'another' }), mine)).toBe(false);
  });

  it('that only holders are told are not their venue’s', () => {
    const waiting = { ...mine, about: { kind: 'WAITING_ENTRY', id: 'w' }, audience: 'HOLDER' } as const;
    expect(isOf(sideOf({ role: 'HOLDER', cardId: 'card' }), waiting)).toBe(true);
    expect(isOf(sideOf({ role: 'VENUE_STAFF', venueId: 'venue' }), waiting)).toBe(false);
  });

  it('are not mixed up when a card and a venue have the same id', () => {
    expect(isOf(sideOf({ role: 'HOLDER', cardId: 'venue' }), mine)).toBe(false);
    expect(isOf(sideOf({ role: 'VENUE_STAFF', venueId: 'card' }), mine)).toBe(false);
  });

  it('are refused with FORBIDDEN to everybody else', () => {
    const others: Record<Exclude<Role, 'HOLDER' | 'VENUE_STAFF'>, Viewer> = {
      ANONYMOUS: { role: 'ANONYMOUS' },
      ISSUER_STAFF: { role: 'ISSUER_STAFF', issuerId: 'i' },
      COORDINATOR: { role: 'COORDINATOR', networkId: 'n' },
      NATIONAL: { role: 'NATIONAL' },
      DISPLAY: { role: 'DISPLAY', venueId: 'venue' },
      PARTNER_APP: { role: 'PARTNER_APP', appId: 'a' },
      SYSTEM: { role: 'SYSTEM' },
    };
    for (const viewer of Object.values(others)) {
      expect(() => sideOf(viewer)).toThrow(AppError);
      expect(() => sideOf(viewer)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
  });
});
