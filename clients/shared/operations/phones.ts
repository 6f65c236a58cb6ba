import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';

export interface PhoneRefusal {
  readonly __typename: 'PhoneRefusal';
  readonly code: string;
  readonly message: Text;
}

export interface EnrolledPhone {
  readonly __typename: 'EnrolledPhone';
  readonly keyId: string;
  readonly validUntil: string;
  readonly serverTime: string;
}

export const enrolPhone = operation<
  { input: { code: string; publicKey: string; algorithm: string; proof: string } },
  { enrolPhone: EnrolledPhone | PhoneRefusal }
>(`
  mutation EnrolPhone($input: EnrolPhoneInput!) {
    enrolPhone(input: $input) {
      __typename
      ... on EnrolledPhone { keyId validUntil serverTime }
      ... on PhoneRefusal { code message { fi sv en } }
    }
  }
`);

export const removeOwnPhone = operation<
  { token: string },
  { removeOwnPhone: { readonly __typename: 'RemovedPhone' } | PhoneRefusal }
>(`
  mutation RemoveOwnPhone($token: String!) {
    removeOwnPhone(token: $token) { __typename ... on PhoneRefusal { code message { fi sv en } } }
  }
`);
