import { describe, expect, it } from 'vitest';
import type { Card } from '../../subgraphs/cards/domain/card.ts';
import { policy } from '../../subgraphs/cards/domain/policy.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';

const card: Card = {
  id: 'own',
  kind: 'COMMUNITY',
  status: 'ACTIVE',
  issuerId: 'own',
  issuedOn: '2026-01-10',
  validUntil: '2027-01-09',
  holder: null,
};
const issuer = { id: 'own', networkId: 'own', years: [] };

const viewers: readonly Viewer[] = [
  { role: 'ANONYMOUS' },
  { role: 'HOLDER', cardId: 'own' },
  { role: 'HOLDER', cardId: 'other' },
  { role: 'ISSUER_STAFF', issuerId: 'own' },
  { role: 'ISSUER_STAFF', issuerId: 'other' },
  { role: 'VENUE_STAFF', venueId: 'own' },
  { role: 'VENUE_STAFF', venueId: 'other' },
  { role: 'COORDINATOR', networkId: 'own' },
  { role: 'COORDINATOR', networkId: 'other' },
  { role: 'NATIONAL' },
  { role: 'DISPLAY', venueId: 'own' },
  { role: 'PARTNER_APP', appId: 'own' },
  { role: 'SYSTEM' },
];

const allowed = (may: (viewer: Viewer) => boolean): string[] =>
  viewers.filter(may).map((viewer) => Object.values(viewer).join(' '));

describe('of all viewers', () => {
  it('only the staff of the venue presents a card there', () => {
    expect(allowed((viewer) => policy.presentCard(viewer, 'own'))).toEqual(['VENUE_STAFF own', 'SYSTEM']);
  });

  it('only the staff of the venue gets the keys of phones, and only the national centre opens a locked venue', () => {
    expect(allowed((viewer) => policy.readOfflineKeys(viewer, 'own'))).toEqual(['VENUE_STAFF own', 'SYSTEM']);
    expect(allowed((viewer) => policy.unlockVenue(viewer))).toEqual(['NATIONAL', 'SYSTEM']);
  });

  it('the holder and the unit that gave the card add and remove phones', () => {
    expect(allowed((viewer) => policy.managePhones(viewer, card))).toEqual([
      'HOLDER own',
      'ISSUER_STAFF own',
      'SYSTEM',
    ]);
  });

  it("only the issuer's own staff issues and changes a card", () => {
    const own = ['ISSUER_STAFF own', 'SYSTEM'];
    expect(allowed((viewer) => policy.issueCard(viewer, 'own'))).toEqual(own);
    expect(allowed((viewer) => policy.changeCard(viewer, card))).toEqual(own);
  });

  it('the unit that gave the card serves its holder; it and the holder may erase', () => {
    expect(allowed((viewer) => policy.serveHolder(viewer, card))).toEqual(['ISSUER_STAFF own', 'SYSTEM']);
    expect(allowed((viewer) => policy.eraseHolder(viewer, card))).toEqual([
      'HOLDER own',
      'ISSUER_STAFF own',
      'SYSTEM',
    ]);
  });

  it('who looked, the export and the own sheet are for the holder alone', () => {
    expect(allowed((viewer) => policy.readOwn(viewer, 'own'))).toEqual(['HOLDER own']);
  });

  it("only the own unit merges its cards, reads its lists and hears of other units' cards; the national centre merges all", () => {
    const own = ['ISSUER_STAFF own', 'SYSTEM'];
    const merged = allowed((viewer) => policy.mergeCards(viewer, card, card));
    expect(merged).toEqual(['ISSUER_STAFF own', 'NATIONAL', 'SYSTEM']);
    const foreign = { ...card, issuerId: 'third' };
    expect(allowed((viewer) => policy.mergeCards(viewer, card, foreign))).toEqual(['NATIONAL', 'SYSTEM']);
    expect(allowed((viewer) => policy.readChanges(viewer, card))).toEqual(merged);
    expect(allowed((viewer) => policy.readDesk(viewer, 'own'))).toEqual(own);
    expect(allowed((viewer) => policy.workAtDesk(viewer))).toEqual([
      'ISSUER_STAFF own',
      'ISSUER_STAFF other',
      'SYSTEM',
    ]);
  });

  it('the holder, the own issuer and the national centre read a card', () => {
    expect(allowed((viewer) => policy.readCard(viewer, card))).toEqual([
      'HOLDER own',
      'ISSUER_STAFF own',
      'NATIONAL',
      'SYSTEM',
    ]);
  });

  it('venue staff sees no more than that it is a card', () => {
    expect(allowed((viewer) => policy.seeCard(viewer, card))).toEqual([
      'HOLDER own',
      'ISSUER_STAFF own',
      'VENUE_STAFF own',
      'VENUE_STAFF other',
      'NATIONAL',
      'SYSTEM',
    ]);
  });

  it("the own issuer, its network's coordinator and the national centre know how many cards were given", () => {
    expect(allowed((viewer) => policy.countCards(viewer, issuer))).toEqual([
      'ISSUER_STAFF own',
      'COORDINATOR own',
      'NATIONAL',
      'SYSTEM',
    ]);
  });
});
