import type { Offering, Performance } from '../../../subgraphs/venues/domain/catalogue.ts';
import type { Presentation } from '../../../subgraphs/venues/domain/presentation.ts';
import type { RedeemQuestion } from '../../../subgraphs/venues/domain/redeem.ts';
import type { Rule } from '../../../subgraphs/venues/domain/rules.ts';

export const place = { venueId: 'theatre', networkId: 'Pohjois-Savo' };

/** A Sunday noon in Helsinki, six and a half hours before the performance. */
export const noon = '2026-11-22T10:00:00.000Z';

export const performance: Performance = {
  id: 'p1',
  offeringId: 'o1',
  venueId: 'theatre',
  startsAt: '2026-11-22T16:30:00.000Z',
  endsAt: '2026-11-22T19:00:00.000Z',
  status: 'SCHEDULED',
  tickets: 300,
  ticketBasis: 'CAPACITY',
  redemptionWindow: null,
};

export const production: Offering = {
  id: 'o1',
  venueId: 'theatre',
  kind: 'PRODUCTION',
  title: { fi: 'Näytelmä', sv: null, en: null },
  description: null,
  published: true,
  demo: true,
  oncePerProduction: false,
};

export const personal: Presentation = {
  cardId: 'card-1',
  cardKind: 'PERSONAL',
  venueId: 'theatre',
  allowed: { HOLDER: 1, CHILD: 2, ASSISTANT: 1 },
  expiresAt: '2026-11-22T10:10:00.000Z',
};

export const community: Presentation = {
  ...personal,
  cardId: 'card-2',
  cardKind: 'COMMUNITY',
  allowed: { COMMUNITY_WORKER: 1, CHILD: 4 },
};

export const sameDayAtTheatre: Rule = {
  id: 'r1',
  key: 'redeem.window',
  scope: 'VENUE',
  scopeId: 'theatre',
  value: 'SAME_DAY',
  status: 'IN_FORCE',
  validFrom: '2025-01-01',
  validTo: null,
  source: 'Kuopio slides 2025-09-11',
};

/** A question that is answered with yes; each test changes what it is about. */
export function question(changes: Partial<RedeemQuestion> = {}): RedeemQuestion {
  return {
    presentation: personal,
    performance,
    offering: production,
    lines: [{ type: 'HOLDER', count: 1 }],
    rules: [],
    place,
    now: noon,
    ...changes,
  };
}
