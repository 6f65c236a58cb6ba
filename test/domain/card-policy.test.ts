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

  it("only the issuer's own staff issues and changes a card", () => {
    const own = ['ISSUER_STAFF own', 'SYSTEM'];
    expect(allowed((viewer) => policy.issueCard(viewer, 'own'))).toEqual(own);
    expect(allowed((viewer) => policy.changeCard(viewer, card))).toEqual(own);
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
