import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import type { TestEngine } from '../../support/databases.ts';
import { useDesk, type Answer, type Desk } from './desk.ts';

export interface Shown {
  readonly id: string;
  readonly state: string;
  readonly performances: {
    readonly totalCount: number;
    readonly nodes: readonly { id: string; startsAt: string }[];
  };
}

const fields = `id kind state published title { fi } ageFrom ageTo languages images { url alt { sv } } genres { key }
  course { feeCents feeCeilingCents holderPaysCents places enrolTo sessions { startsAt } }
  openingHours { weekday opens closes } openingExceptions { date opens } seriesPass { visits validDays validUntil }
  feeLimits { fee perUseCents perYearCents }
  performances(first: 200) { totalCount nodes { id startsAt endsAt tickets capCounter { cap used } } }`;
export const create = `mutation ($input: CreateOfferingInput!) { createOffering(input: $input) { ${fields} } }`;
export const update = `mutation ($input: UpdateOfferingInput!) { updateOffering(input: $input) { ${fields} } }`;
export const publish = `mutation ($input: OfferingInput!) { publishOffering(input: $input) { id state } }`;
export const unpublish = `mutation ($input: OfferingInput!) { unpublishOffering(input: $input) { id state } }`;
export const move = `mutation ($input: MovePerformanceInput!) { movePerformance(input: $input) { id startsAt endsAt } }`;

/** A desk that writes offerings. */
export interface OfferingsDesk {
  readonly desk: Desk;
  readonly asked: (source: string, input: object, viewer?: Viewer) => Promise<Answer<Shown>>;
  /** A production with one date, unless told otherwise. */
  readonly wish: (changes?: object) => object;
}

export function useOfferings(engine: TestEngine): OfferingsDesk {
  const desk = useDesk(engine);
  return {
    desk,
    asked: (source, input, viewer) => desk.asked<Shown>(source, input, viewer),
    wish: (changes = {}) => ({
      venueId: desk.stage.venueId,
      requestId: newId(),
      kind: 'PRODUCTION',
      title: { fi: 'Satu' },
      performances: [
        {
          startsAt: '2026-12-01T16:30:00Z',
          endsAt: '2026-12-01T18:30:00Z',
          tickets: 300,
          ticketBasis: 'CAPACITY',
          cap: 9,
        },
      ],
      ...changes,
    }),
  };
}
