import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';
import type { Presentation, PresentationRefusal, TicketLine } from './redemptions.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface OfflineSlice {
  readonly __typename: 'OfflineSlice';
  readonly id: string;
  readonly places: number;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly rules: readonly {
    readonly limit: string;
    readonly passes: boolean | null;
    readonly facts: readonly Fact[];
  }[];
}

export interface OfflineRefused {
  readonly __typename: 'RedemptionRefusal';
  readonly code: string;
  readonly message: Text;
  readonly facts: readonly Fact[];
}

const refused = '__typename code message { fi sv en } facts { name value }';

export interface ReserveSliceInput {
  readonly performanceId: string;
  readonly deviceId: string;
  readonly places: number;
  readonly requestId: string;
}

export const reserveSlice = operation<
  { input: ReserveSliceInput },
  { reserveSlice: OfflineSlice | OfflineRefused }
>(`
  mutation ReserveSlice($input: ReserveSliceInput!) {
    reserveSlice(input: $input) {
      __typename
      ... on OfflineSlice { id places openedAt expiresAt rules { limit passes facts { name value } } }
      ... on RedemptionRefusal { ${refused} }
    }
  }
`);

export const returnSlice = operation<{ input: { sliceId: string } }, { returnSlice: { id: string } }>(`
  mutation ReturnSlice($input: ReturnSliceInput!) { returnSlice(input: $input) { id } }
`);

export interface OfflineUse {
  readonly requestId: string;
  readonly presentation: string;
  readonly lines: readonly TicketLine[];
  readonly at: string;
}

export interface UploadedUse {
  readonly requestId: string;
  readonly redemption: { readonly id: string } | null;
  readonly conflict: OfflineRefused | null;
}

export const uploadRedemptions = operation<
  { input: { sliceId: string; entries: readonly OfflineUse[] } },
  { uploadRedemptions: { readonly uses: readonly UploadedUse[] } }
>(`
  mutation UploadRedemptions($input: UploadRedemptionsInput!) {
    uploadRedemptions(input: $input) { uses { requestId redemption { id } conflict { ${refused} } } }
  }
`);

export const presentSeenOffline = operation<
  { input: { venueId: string; shown: readonly { readonly code: string; readonly at: string }[] } },
  { presentSeenOffline: readonly (Pick<Presentation, '__typename' | 'token'> | PresentationRefusal)[] }
>(`
  mutation PresentSeenOffline($input: PresentSeenOfflineInput!) {
    presentSeenOffline(input: $input) {
      __typename
      ... on Presentation { token }
      ... on PresentationRefusal { code message { fi sv en } }
    }
  }
`);

export interface OfflineKeyPage {
  readonly offlineKeys: {
    readonly asOf: string;
    readonly isWhole: boolean;
    readonly keys: {
      readonly nodes: readonly {
        readonly keyId: string;
        readonly publicKey: string | null;
        readonly algorithm: 'ED25519' | 'ES256' | null;
        readonly kind: 'PERSONAL' | 'COMMUNITY' | null;
        readonly childrenAllowed: number | null;
        readonly validUntil: string | null;
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** One page of the phones that a door may know without a network; `since` null asks for all of them. */
export const offlineKeys = operation<
  { venueId: string; since: string | null; after: string | null },
  OfflineKeyPage
>(`
  query OfflineKeys($venueId: ID!, $since: DateTime, $after: String) {
    offlineKeys(venueId: $venueId, since: $since) {
      asOf isWhole
      keys(first: 200, after: $after) {
        nodes { keyId publicKey algorithm kind childrenAllowed validUntil }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);
