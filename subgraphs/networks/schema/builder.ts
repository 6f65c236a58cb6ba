import { createBuilder, type BaseContext, type Builder } from '../../platform/graphql/index.ts';
import { municipalityStatuses } from '../domain/municipality.ts';
import { lifecycles } from '../domain/network.ts';
import { partnerRoles } from '../domain/partner.ts';
import { regionKinds } from '../domain/region.ts';
import { ruleScopes, ruleStatuses } from '../domain/rule.ts';
import type { Catalogue } from '../service/catalogue.ts';

/** What a resolver of networks finds in its context. */
export interface NetworksContext extends BaseContext {
  readonly catalogue: Catalogue;
}

export type NetworksBuilder = Builder<NetworksContext>;

export function networksBuilder(): NetworksBuilder {
  return createBuilder<NetworksContext>();
}

export type Enums = ReturnType<typeof addEnums>;

/** The closed lists of the domain. */
export function addEnums(builder: NetworksBuilder) {
  return {
    municipalityStatus: builder.enumType('MunicipalityStatus', {
      description:
        'How far a municipality has come. PILOT_OR_COMING: the document prints both under one heading and does not say which.',
      values: municipalityStatuses,
    }),
    lifecycle: builder.enumType('NetworkLifecycle', {
      description: 'How far a network is: as far as the municipality that is furthest.',
      values: lifecycles,
    }),
    partnerRole: builder.enumType('PartnerRole', { values: partnerRoles }),
    regionKind: builder.enumType('RegionKind', {
      description:
        'What a printed heading really is: the documents list some wellbeing services counties and a country among regions.',
      values: regionKinds,
    }),
    ruleScope: builder.enumType('RuleScope', { values: ruleScopes }),
    ruleStatus: builder.enumType('RuleStatus', {
      description: 'Only IN_FORCE binds. DISPUTED: the documents contradict each other.',
      values: ruleStatuses,
    }),
  };
}
