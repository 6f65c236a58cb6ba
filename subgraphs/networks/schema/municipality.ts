import { pageArgs, viewerIndependent } from '../../platform/graphql/index.ts';
import type { Enums, NetworksBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addMunicipality(builder: NetworksBuilder, refs: Refs, enums: Enums): void {
  refs.municipality.implement({
    description: 'A municipality that uses, pilots, will use or wants the card.',
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      name: t.expose('name', { ...viewerIndependent, type: 'Text' }),
      status: t.expose('status', { ...viewerIndependent, type: enums.municipalityStatus }),
      statusAsOf: t.expose('statusAsOf', { ...viewerIndependent, type: 'Date', nullable: true }),
      country: t.exposeString('country', { ...viewerIndependent, description: 'ISO 3166 code.' }),
      region: t.field({
        ...viewerIndependent,
        type: refs.region,
        nullable: true,
        description:
          'The heading under which the documents list it; `officialRegion` of it is the region proper.',
        resolve: (of, _args, { catalogue }) => catalogue.region(of.regionId),
      }),
      wellbeingServicesCounty: t.field({
        ...viewerIndependent,
        type: refs.county,
        nullable: true,
        description: 'Null where no document makes it known.',
        resolve: (of, _args, { catalogue }) =>
          of.wellbeingServicesCountyId === null
            ? null
            : catalogue.wellbeingServicesCounty(of.wellbeingServicesCountyId),
      }),
      network: t.field({
        ...viewerIndependent,
        type: refs.network,
        nullable: true,
        resolve: (of, _args, { catalogue }) => catalogue.network(of.networkId),
      }),
      partners: t.field({
        type: refs.partners,
        args: { ...pageArgs(t), role: t.arg({ type: enums.partnerRole }) },
        resolve: (of, args, { catalogue }) => catalogue.partnersOfMunicipality(of.id, args),
      }),
      note: t.exposeString('note', { ...viewerIndependent, nullable: true }),
      source: t.exposeString('source', viewerIndependent),
    }),
  });
  builder.asEntity(refs.municipality, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { catalogue }) => catalogue.municipality(id),
  });
  builder.queryFields((t) => ({
    municipality: t.field({
      type: refs.municipality,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { catalogue }) => catalogue.municipality(id),
    }),
    municipalities: t.field({
      type: refs.municipalities,
      description: 'In Finnish alphabetical order.',
      args: {
        ...pageArgs(t),
        status: t.arg({ type: enums.municipalityStatus }),
        networkId: t.arg.id(),
        search: t.arg.string({ description: 'Part of a name in any language.' }),
      },
      resolve: (_root, args, { catalogue }) => catalogue.municipalities(args),
    }),
  }));
}
