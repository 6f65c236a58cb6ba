/** An in-memory stand-in for the four subgraphs: one venue with a programme, a few cards, refusals on demand. */

export interface Text {
  fi: string | null;
  sv: string | null;
  en: string | null;
}

export interface MockPerformance {
  id: string;
  title: Text;
  startsAt: string;
  endsAt: string;
  status: 'SCHEDULED' | 'CANCELLED';
  cap: number | null;
  used: number;
  sequence: number;
}

export interface MockVenue {
  id: string;
  slug: string;
  name: Text;
  municipality: Text;
}

interface Line {
  type: string;
  count: number;
}

interface MockRedemption {
  id: string;
  performanceId: string;
  lines: Line[];
  tickets: number;
  status: 'VALID' | 'CANCELLED';
}

export const text = (fi: string, sv: string = fi, en: string = fi): Text => ({ fi, sv, en });

const refusals: Record<string, Text> = {
  CARD_CODE_MISTYPED: text(
    'Koodissa on kirjoitusvirhe.',
    'Koden är felskriven.',
    'The code has been mistyped.',
  ),
  CARD_UNKNOWN: text('Korttia ei löydy.', 'Kortet hittas inte.', 'No such card.'),
  CARD_EXPIRED: text('Kortti on vanhentunut.', 'Kortet har gått ut.', 'The card has expired.'),
  CAP_REACHED: text('Paikat ovat loppu.', 'Platserna är slut.', 'No free places are left.'),
  PERFORMANCE_CANCELLED: text(
    'Esitys on peruttu.',
    'Föreställningen är inställd.',
    'The performance is cancelled.',
  ),
  ALREADY_CANCELLED: text('Kirjaus on jo peruttu.', 'Redan återtagen.', 'Already cancelled.'),
};

/** Codes of the cards that the mock knows: personal with two children, personal without, community, expired. */
export const cards = {
  family: 'K7M4TC9P2HXR',
  single: 'W3XN8DYR5FQ6',
  community: 'C6VQ4JTA7K08',
  expired: 'E9PZ2HMB4D1S',
} as const;

const minute = 60_000;
const at = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();

export class MockWorld {
  readonly venues: MockVenue[] = [
    {
      id: 'v1',
      slug: 'kuopion-musiikkikeskus',
      name: text('Kuopion musiikkikeskus', 'Kuopio musikcentrum', 'Kuopio Music Centre'),
      municipality: text('Kuopio'),
    },
    ...Array.from({ length: 30 }, (_, i) => ({
      id: `v${i + 2}`,
      slug: `kohde-${i + 2}`,
      name: { fi: `Kohde ${i + 2}`, sv: null, en: null },
      municipality: text('Tampere', 'Tammerfors', 'Tampere'),
    })),
  ];
  performances: MockPerformance[] = [
    performance(
      'p1',
      text(
        'Syysillan konsertti: jousia ja puhaltimia',
        'Höstkvällskonsert: stråkar och blås',
        'Autumn evening concert: strings and winds',
      ),
      -20,
      100,
      20,
      14,
    ),
    performance('p2', text('Jazzia lämpiössä', 'Jazz i foajén', 'Jazz in the foyer'), 180, 270, 8, 8),
    performance(
      'p3',
      text('Avoin kuoroharjoitus', 'Öppen körövning', 'Open choir rehearsal'),
      26 * 60,
      28 * 60,
      null,
      3,
    ),
    performance(
      'p4',
      text('Koko perheen matinea', 'Matiné för hela familjen', 'Family matinee'),
      50 * 60,
      51 * 60,
      12,
      2,
      'CANCELLED',
    ),
    performance(
      'p5',
      text(
        'Kamarimusiikkia kahdelle viululle ja alttoviululle',
        'Kammarmusik för två violiner och altviolin',
        'Chamber music for two violins and a viola',
      ),
      74 * 60,
      76 * 60,
      30,
      5,
    ),
  ];
  readonly redemptions: Map<string, MockRedemption> = new Map();
  readonly answersByRequest: Map<string, unknown> = new Map();
  /** Every requestId that redeem or cancelRedemption was called with, in order. */
  readonly requestIds: string[] = [];
  readonly viewers: string[] = [];
  private readonly listeners: Set<() => void> = new Set();

  change(id: string, part: Partial<MockPerformance>): void {
    const found = this.performance(id);
    Object.assign(found, part);
    found.sequence += 1;
    for (const listener of this.listeners) listener();
  }

  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  performance(id: string): MockPerformance {
    const found = this.performances.find((one) => one.id === id);
    if (!found) throw new Error(`The mock has no performance ${id}.`);
    return found;
  }

  present(code: string): unknown {
    const plain = code.toUpperCase().replace(/[\s-]/g, '');
    const lines = {
      [cards.family]: ['HOLDER', 'CHILD', 'ASSISTANT'],
      [cards.single]: ['HOLDER', 'ASSISTANT'],
      [cards.community]: ['COMMUNITY_WORKER', 'CHILD'],
    }[plain];
    if (plain.length !== 12) return refusal('PresentationRefusal', 'CARD_CODE_MISTYPED');
    if (plain === cards.expired) return refusal('PresentationRefusal', 'CARD_EXPIRED');
    if (!lines) return refusal('PresentationRefusal', 'CARD_UNKNOWN');
    const childrenAllowed = plain === cards.family ? 2 : plain === cards.community ? 4 : 0;
    return {
      __typename: 'Presentation',
      token: `token-${plain}`,
      childrenAllowed,
      allowedLines: lines,
      expiresAt: at(10),
    };
  }

  redeem(input: { performanceId: string; lines: Line[]; requestId: string }): unknown {
    return this.once(input.requestId, () => {
      const found = this.performance(input.performanceId);
      const tickets = input.lines.reduce((sum, { count }) => sum + count, 0);
      const counted = input.lines.reduce(
        (sum, { type, count }) => sum + (type === 'ASSISTANT' ? 0 : count),
        0,
      );
      if (found.status === 'CANCELLED') return refusal('RedemptionRefusal', 'PERFORMANCE_CANCELLED');
      if (found.cap !== null && found.used + counted > found.cap) {
        return refusal('RedemptionRefusal', 'CAP_REACHED', {
          key: 'cap',
          since: '2025-09-01',
          source: 'policy_rules.csv cap.floor_pct',
        });
      }
      this.change(found.id, { used: found.used + counted });
      const redemption: MockRedemption = {
        id: `r${this.redemptions.size + 1}`,
        performanceId: found.id,
        lines: input.lines,
        tickets,
        status: 'VALID',
      };
      this.redemptions.set(redemption.id, redemption);
      return { __typename: 'Redemption', ...redemption };
    });
  }

  cancel(input: { redemptionId: string; requestId: string }): unknown {
    return this.once(input.requestId, () => {
      const redemption = this.redemptions.get(input.redemptionId);
      if (!redemption || redemption.status === 'CANCELLED')
        return refusal('RedemptionRefusal', 'ALREADY_CANCELLED');
      redemption.status = 'CANCELLED';
      const counted = redemption.lines.reduce(
        (sum, { type, count }) => sum + (type === 'ASSISTANT' ? 0 : count),
        0,
      );
      this.change(redemption.performanceId, {
        used: this.performance(redemption.performanceId).used - counted,
      });
      return { __typename: 'Redemption', ...redemption };
    });
  }

  private once(requestId: string, act: () => unknown): unknown {
    this.requestIds.push(requestId);
    if (!this.answersByRequest.has(requestId)) this.answersByRequest.set(requestId, act());
    return this.answersByRequest.get(requestId);
  }
}

function performance(
  id: string,
  title: Text,
  from: number,
  to: number,
  cap: number | null,
  used: number,
  status: MockPerformance['status'] = 'SCHEDULED',
): MockPerformance {
  return { id, title, startsAt: at(from), endsAt: at(to), status, cap, used, sequence: 1 };
}

function refusal(typename: string, code: string, rule: unknown = null): unknown {
  return { __typename: typename, code, message: refusals[code], rule, facts: [], trace: [] };
}
