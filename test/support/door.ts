import { newId } from '../../subgraphs/platform/ids.ts';
import type { Answer, Ask } from './client.ts';

export interface Refusal {
  readonly __typename: 'PresentationRefusal' | 'RedemptionRefusal';
  readonly code: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface Presentation {
  readonly __typename: 'Presentation';
  readonly token: string;
  readonly childrenAllowed: number;
}

export interface Redemption {
  readonly __typename: 'Redemption';
  readonly id: string;
  readonly tickets: number;
}

export interface Line {
  readonly type: 'HOLDER' | 'CHILD' | 'ASSISTANT' | 'COMMUNITY_WORKER';
  readonly count: number;
}

export const oneHolder: readonly Line[] = [{ type: 'HOLDER', count: 1 }];

const presentCard = /* GraphQL */ `
  mutation Present($code: String!, $venueId: ID!) {
    presentCard(input: { code: $code, venueId: $venueId }) {
      __typename
      ... on Presentation {
        token
        childrenAllowed
      }
      ... on PresentationRefusal {
        code
        facts {
          name
          value
        }
      }
    }
  }
`;

const redeemCard = /* GraphQL */ `
  mutation Redeem($input: RedeemInput!) {
    redeem(input: $input) {
      __typename
      ... on Redemption {
        id
        tickets
      }
      ... on RedemptionRefusal {
        code
        facts {
          name
          value
        }
      }
    }
  }
`;

/** What a person at the door does, through the public graph. */
export function door(ask: Ask, venueId: string) {
  return {
    present: (code: string): Promise<Answer<{ presentCard: Presentation | Refusal }>> =>
      ask(presentCard, { code, venueId }),

    token: async (code: string): Promise<string> => {
      const whole = await ask<{ presentCard: Presentation | Refusal }>(presentCard, { code, venueId });
      const answer = whole.data?.presentCard;
      if (answer?.__typename !== 'Presentation')
        throw new Error(`Card not presented: ${JSON.stringify(whole)}`);
      return answer.token;
    },

    redeem: (
      presentation: string,
      performanceId: string,
      lines: readonly Line[] = oneHolder,
      requestId = newId(),
    ): Promise<Answer<{ redeem: Redemption | Refusal }>> =>
      ask(redeemCard, { input: { presentation, performanceId, lines, requestId } }),

    cancel: (redemptionId: string) =>
      ask<{ cancelRedemption: { id: string; status: string } }>(
        'mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) { ... on Redemption { id status } } }',
        { input: { redemptionId, requestId: newId() } },
      ),
  };
}

export interface Counter {
  readonly cap: number | null;
  readonly used: number;
  readonly remaining: number | null;
  readonly sequence: number;
}

export async function counterOf(ask: Ask, performanceId: string): Promise<Counter> {
  const { data } = await ask<{ performance: { capCounter: Counter } }>(
    'query ($id: ID!) { performance(id: $id) { capCounter { cap used remaining sequence } } }',
    { id: performanceId },
  );
  if (!data) throw new Error(`No counter of ${performanceId}.`);
  return data.performance.capCounter;
}
