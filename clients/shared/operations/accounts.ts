import { operation } from '../graphql/operation.ts';
import type { Text } from '../i18n/text.ts';

export interface AccountConfirmed {
  readonly __typename: 'AccountConfirmed';
}

export interface AccountRefusal {
  readonly __typename: 'AccountRefusal';
  readonly code: string;
  readonly message: Text;
}

export const confirmAccount = operation<
  { code: string },
  { confirmAccount: AccountConfirmed | AccountRefusal }
>(`
  mutation ConfirmAccount($code: String!) {
    confirmAccount(code: $code) { __typename ... on AccountRefusal { code message { fi sv en } } }
  }
`);
