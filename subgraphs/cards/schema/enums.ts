import {
  backgrounds,
  communityUsers,
  correctReasons,
  replaceReasons,
  suspendReasons,
} from '../domain/card.ts';
import { deskFilters } from '../domain/desk.ts';
import { phoneChoices } from '../domain/phone.ts';
import type { CardsBuilder } from './builder.ts';

/** The closed lists of the register that several types and inputs use. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the references' types
function makeEnums(builder: CardsBuilder) {
  return {
    kind: builder.enumType('CardKind', { values: ['PERSONAL', 'COMMUNITY'] as const }),
    status: builder.enumType('CardStatus', {
      description:
        'EXPIRED: the last day has passed. A suspended card is SUSPENDED whatever its last day. MERGED: another ' +
        'registration of the same holder has taken it over.',
      values: ['VALID', 'SUSPENDED', 'EXPIRED', 'MERGED'] as const,
    }),
    background: builder.enumType('Background', {
      description: 'What a holder may tell of their situation, of their own free will.',
      values: backgrounds,
    }),
    validityBasis: builder.enumType('ValidityBasis', {
      description: 'TWELVE_MONTHS: including the day of handover. PILOT_END: the pilot ends first.',
      values: ['TWELVE_MONTHS', 'PILOT_END'] as const,
    }),
    suspendReason: builder.enumType('SuspendReason', { values: suspendReasons }),
    correctReason: builder.enumType('CorrectReason', { values: correctReasons }),
    replaceReason: builder.enumType('ReplaceReason', { values: replaceReasons }),
    communityUser: builder.enumType('CommunityUser', {
      description: 'By whom the card of an organisation is used: a purpose, not a person.',
      values: communityUsers,
    }),
    phoneChoice: builder.enumType('PhoneChoice', {
      description: 'KEEP: phones go on showing the card. REVOKE: none of them does.',
      values: phoneChoices,
    }),
    deskFilter: builder.enumType('IssuerCardFilter', {
      description: 'NEVER_USED: valid cards that nobody has used yet.',
      values: deskFilters,
    }),
  };
}

const made = new WeakMap<CardsBuilder, ReturnType<typeof makeEnums>>();

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function registerEnums(builder: CardsBuilder) {
  const enums = made.get(builder) ?? makeEnums(builder);
  made.set(builder, enums);
  return enums;
}
