import type { PublishedFigure } from '../domain/figure.ts';
import type { Municipality } from '../domain/municipality.ts';
import type { Network } from '../domain/network.ts';
import type { Partner, PartnerAlias } from '../domain/partner.ts';
import type { Region, WellbeingServicesCounty } from '../domain/region.ts';
import type { Rule } from '../domain/rule.ts';
import { connection } from '../../platform/graphql/index.ts';
import type { NetworksBuilder } from './builder.ts';

export type Refs = ReturnType<typeof addRefs>;

/** The types by name, before their fields: they refer to each other in a circle. */
export function addRefs(builder: NetworksBuilder) {
  const municipality = builder.objectRef<Municipality>('Municipality');
  const network = builder.objectRef<Network>('Network');
  const partner = builder.objectRef<Partner>('Partner');
  const figure = builder.objectRef<PublishedFigure>('PublishedFigure');
  return {
    region: builder.objectRef<Region>('Region'),
    county: builder.objectRef<WellbeingServicesCounty>('WellbeingServicesCounty'),
    municipality,
    network,
    partner,
    printing: builder.objectRef<PartnerAlias>('PartnerPrinting'),
    rule: builder.objectRef<Rule>('Rule'),
    figure,
    municipalities: connection(builder, 'Municipality', municipality),
    networks: connection(builder, 'Network', network),
    partners: connection(builder, 'Partner', partner),
    figures: connection(builder, 'PublishedFigure', figure),
    venue: addVenue(builder),
  };
}

/** Owned by the venues subgraph: here only its id is known, and nobody asks us for more. */
function addVenue(builder: NetworksBuilder) {
  const venue = builder
    .objectRef<{ id: string }>('Venue')
    .implement({ fields: (t) => ({ id: t.exposeID('id') }) });
  builder.asEntity(venue, {
    key: builder.keyDirective(builder.selection<{ id: string }>('id'), false),
    resolveReference: ({ id }) => ({ id }),
  });
  return venue;
}
