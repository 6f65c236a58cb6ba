import type { CounterNumbers } from '../counters.ts';
import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';

export type TicketLineType = 'HOLDER' | 'CHILD' | 'ASSISTANT' | 'COMMUNITY_WORKER';

export interface TicketLine {
  readonly type: TicketLineType;
  readonly count: number;
}

/** What a venue may know of a card at its door: that it is valid, and which lines it allows. */
export interface Presentation {
  readonly __typename: 'Presentation';
  readonly token: string;
  readonly childrenAllowed: number;
  readonly allowedLines: readonly TicketLineType[];
}

export interface PresentationRefusal {
  readonly __typename: 'PresentationRefusal';
  readonly code: string;
  readonly message: Text;
}

export const presentCard = operation<
  { input: { code: string; venueId: string } },
  { presentCard: Presentation | PresentationRefusal }
>(`
  mutation PresentCard($input: PresentCardInput!) {
    presentCard(input: $input) {
      __typename
      ... on Presentation { token childrenAllowed allowedLines }
      ... on PresentationRefusal { code message { fi sv en } }
    }
  }
`);

export interface Redemption {
  readonly __typename: 'Redemption';
  readonly id: string;
  readonly tickets: number;
  readonly lines: readonly TicketLine[];
  readonly performance: { readonly id: string; readonly capCounter: CounterNumbers };
}

export interface RedemptionRefusal {
  readonly __typename: 'RedemptionRefusal';
  readonly code: string;
  readonly message: Text;
  readonly rule: { readonly since: string | null; readonly source: string } | null;
  /** What every limit said; empty where none was asked. */
  readonly trace: readonly {
    readonly limit: string;
    readonly passes: boolean | null;
    readonly soft: boolean;
  }[];
}

/** Why a venue sets a soft limit aside: about the house, never about the guest. */
export type OverrideReason =
  'PLACES_LEFT' | 'AGREED_BEFOREHAND' | 'COMES_WITH_CHILD' | 'OUR_MISTAKE' | 'RECORDED_LATER';

export interface Override {
  readonly limit: string;
  readonly reason: OverrideReason;
}

const outcome = `
  __typename
  ... on Redemption {
    id tickets lines { type count }
    performance { id capCounter { cap used remaining sequence asOf } }
  }
  ... on RedemptionRefusal { code message { fi sv en } rule { since source } trace { limit passes soft } }
`;

export interface RedeemInput {
  readonly presentation: string;
  readonly performanceId: string;
  readonly lines: readonly TicketLine[];
  readonly overrides: readonly Override[];
  /** Idempotency key: the same id twice gives the same redemption. */
  readonly requestId: string;
}

export const redeem = operation<{ input: RedeemInput }, { redeem: Redemption | RedemptionRefusal }>(`
  mutation Redeem($input: RedeemInput!) { redeem(input: $input) { ${outcome} } }
`);

export const cancelRedemption = operation<
  { input: { redemptionId: string; requestId: string } },
  { cancelRedemption: Redemption | RedemptionRefusal }
>(`
  mutation CancelRedemption($input: CancelRedemptionInput!) { cancelRedemption(input: $input) { ${outcome} } }
`);
