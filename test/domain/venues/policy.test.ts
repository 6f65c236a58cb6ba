import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { refusalMessage } from '../../../subgraphs/venues/domain/messages.ts';
import { policy, visibilityOf } from '../../../subgraphs/venues/domain/policy.ts';
import { redemptionRefusalCodes } from '../../../subgraphs/venues/domain/redemption.ts';

const viewers: Readonly<Record<string, Viewer>> = {
  anonymous: { role: 'ANONYMOUS' },
  'the holder': { role: 'HOLDER', cardId: 'c' },
  'another holder': { role: 'HOLDER', cardId: 'd' },
  'the venue': { role: 'VENUE_STAFF', venueId: 'v' },
  'another venue': { role: 'VENUE_STAFF', venueId: 'w' },
  'an issuer': { role: 'ISSUER_STAFF', issuerId: 'i' },
  'a coordinator': { role: 'COORDINATOR', networkId: 'n' },
  'the national centre': { role: 'NATIONAL' },
  'a display of the venue': { role: 'DISPLAY', venueId: 'v' },
  'a partner app': { role: 'PARTNER_APP', appId: 'a' },
};
const allowed = (may: (viewer: Viewer) => boolean): string[] =>
  Object.keys(viewers).filter((name) => may(viewers[name]!));

describe('who may do what', () => {
  it('everybody reads what is published', () => {
    expect(allowed((v) => policy.readOffering(v, { published: true, venueId: 'v' }))).toEqual(
      Object.keys(viewers),
    );
  });

  it('a draft is read by its venue and the national centre', () => {
    expect(allowed((v) => policy.readOffering(v, { published: false, venueId: 'v' }))).toEqual([
      'the venue',
      'the national centre',
    ]);
  });

  const readsOfOwn = ['readLoad', 'readRatingAverages'] as const;
  const ofStaff = ['redeem', 'setCap', 'cancelPerformance', 'manageOfferings'] as const;
  it.each([
    ...ofStaff,
    'keepPlaces',
    'setCancelLimit',
    'countNoShows',
    'countWaiting',
    ...readsOfOwn,
  ] as const)('%s is for the staff of the venue', (action) => {
    expect(allowed((v) => policy[action](v, 'v'))).toEqual(['the venue']);
  });

  it('a rating is given and read by the holder of the card alone', () => {
    expect(allowed((v) => policy.rate(v, { cardId: 'c' }))).toEqual(['the holder']);
  });

  it('the faults of ledgers are told one by one to venues, each its own, and to the national centre', () => {
    expect(allowed((v) => policy.readAuditFaults(v) !== null)).toEqual([
      'the venue',
      'another venue',
      'the national centre',
    ]);
    expect(policy.readAuditFaults(viewers['the venue']!)).toEqual({ venueId: 'v' });
  });

  it('a unit that gives cards books with a presentation that it marked itself, and with no other', () => {
    const presentation = {
      cardId: 'c',
      cardKind: 'PERSONAL',
      venueId: 'v',
      allowed: {},
      expiresAt: '2026-11-22T12:00:00.000Z',
    } as const;
    const digest = (text: string): string => `digest of ${text}`;
    const booking = (behalf: string): string[] => {
      const marked = { ...presentation, mark: { jti: 'j', behalf } };
      return allowed((v) => policy.redeemOnBehalf(v, marked, digest));
    };
    expect(booking('digest of j:i')).toEqual(['an issuer']);
    expect(booking('digest of j:other')).toEqual([]);
    expect(allowed((v) => policy.redeemOnBehalf(v, presentation, digest))).toEqual([]);
  });

  it('holders wait in line, each with an entry that nobody else reads', () => {
    expect(allowed((v) => policy.waitInLine(v))).toEqual(['the holder', 'another holder']);
    expect(allowed((v) => policy.readWaiting(v, 'c'))).toEqual(['the holder']);
  });

  it.each(['readRedemption', 'cancelRedemption'] as const)('%s is for the holder and the venue', (action) => {
    expect(allowed((v) => policy[action](v, { venueId: 'v', cardId: 'c' }))).toEqual([
      'the holder',
      'the venue',
    ]);
  });

  it("what a card's uses mean for the rules is for its holder and the venue, the rules alone for advisers too", () => {
    expect(allowed((v) => policy.explainCard(v, { venueId: 'v', cardId: 'c' }))).toEqual([
      'the holder',
      'the venue',
    ]);
    expect(allowed((v) => policy.explainRules(v))).toEqual([
      'the holder',
      'another holder',
      'the venue',
      'another venue',
      'an issuer',
      'a coordinator',
      'the national centre',
    ]);
    expect(allowed((v) => policy.readOverrideCounts(v, 'v'))).toEqual(['the venue', 'the national centre']);
  });

  it('what is said of a venue is written by its staff, the coordinator of its network and the national centre', () => {
    expect(allowed((v) => policy.updateVenue(v, { id: 'v', networkId: 'n' }))).toEqual([
      'the venue',
      'a coordinator',
      'the national centre',
    ]);
    expect(allowed((v) => policy.updateVenue(v, { id: 'v', networkId: null }))).toEqual([
      'the venue',
      'the national centre',
    ]);
  });

  it('the national centre alone admits a pop-up', () => {
    expect(allowed((v) => policy.admitPopUp(v))).toEqual(['the national centre']);
  });

  it("a card's uses are seen by its holder alone", () => {
    expect(allowed((v) => policy.readCardRedemptions(v, 'c'))).toEqual(['the holder']);
  });

  it('lists show what single reads show', () => {
    for (const viewer of Object.values(viewers)) {
      const shown = visibilityOf(viewer);
      const inList = shown.all || shown.ownVenueId === 'v';
      expect(inList).toBe(policy.readOffering(viewer, { published: false, venueId: 'v' }));
    }
  });
});

describe('a refusal in words', () => {
  it.each(redemptionRefusalCodes)('%s is said in Finnish, Swedish and English', (code) => {
    const numbers = { cap: 20, used: 19, remaining: 1, wanted: 2, floor: 21, percent: 3, tickets: 667 };
    const facts = { ...numbers, held: 1, line: 'CHILD', allowed: 1, reason: 'CARD' };
    const moment = '2026-11-21T22:00:00.000Z';
    const moments = { opensAt: moment, closedAt: moment, startsAt: moment };
    const pass = { visits: 30, left: 11, expiresOn: '2027-01-20', expiredOn: '2027-01-20' };
    const message = refusalMessage(code, { ...facts, ...moments, ...pass });
    for (const words of [message.fi, message.sv, message.en]) {
      expect(words).toMatch(/^[A-ZÅÄÖ].*\.$/);
      expect(words).not.toMatch(/undefined|null/);
    }
  });

  it('the opening of the window is told in Helsinki time', () => {
    const { fi } = refusalMessage('OUTSIDE_WINDOW', { opensAt: '2026-11-21T22:00:00.000Z' });
    expect(fi).toContain('22.11.');
  });
});
