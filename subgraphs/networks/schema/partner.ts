import { pageArgs } from '../../platform/graphql/index.ts';
import type { Enums, NetworksBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addPartner(builder: NetworksBuilder, refs: Refs, enums: Enums): void {
  refs.printing.implement({
    description: 'Another printing of a partner’s name.',
    fields: (t) => ({
      printedAs: t.exposeString('printedAs'),
      inferred: t.exposeBoolean('inferred', {
        description: 'True: that both names mean one partner is our reading, not a document’s word.',
      }),
      basis: t.exposeString('basis'),
      source: t.exposeString('source'),
    }),
  });
  refs.partner.implement({
    description: 'An organisation’s unit that takes part as issuer or venue.',
    fields: (t) => ({
      id: t.exposeID('id'),
      name: t.exposeString('name', { description: 'The preferred one of the printed names.' }),
      organisation: t.exposeString('organisation', { nullable: true }),
      unit: t.exposeString('unit', { nullable: true }),
      role: t.expose('role', { type: enums.partnerRole }),
      kind: t.exposeString('kind', {
        nullable: true,
        description: 'As the tables of the documents have it; that of the Kuopio issuers is inferred there.',
      }),
      municipality: t.field({
        type: refs.municipality,
        nullable: true,
        resolve: (partner, _args, { catalogue }) => catalogue.municipality(partner.municipalityId),
      }),
      network: t.field({
        type: refs.network,
        nullable: true,
        resolve: (partner, _args, { catalogue }) => catalogue.network(partner.networkId),
      }),
      years: t.field({
        type: ['Int'],
        description: 'The years in which documents show it taking part.',
        resolve: async (partner, _args, { catalogue }) =>
          (await catalogue.yearsOfPartner(partner.id)).map(({ year }) => year),
      }),
      aliases: t.field({
        type: ['String'],
        description: 'Its other printed names; `printings` says where they come from.',
        resolve: async (partner, _args, { catalogue }) =>
          (await catalogue.aliasesOfPartner(partner.id)).map(({ printedAs }) => printedAs),
      }),
      printings: t.field({
        type: [refs.printing],
        resolve: async (partner, _args, { catalogue }) => [...(await catalogue.aliasesOfPartner(partner.id))],
      }),
      source: t.exposeString('source'),
    }),
  });
  builder.asEntity(refs.partner, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { catalogue }) => catalogue.partner(id),
  });
  builder.queryFields((t) => ({
    partner: t.field({
      type: refs.partner,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { catalogue }) => catalogue.partner(id),
    }),
    partners: t.field({
      type: refs.partners,
      description: 'In Finnish alphabetical order.',
      args: {
        ...pageArgs(t),
        role: t.arg({ type: enums.partnerRole }),
        networkId: t.arg.id(),
        municipalityId: t.arg.id(),
        year: t.arg.int({ description: 'Only those that a document shows taking part in this year.' }),
        search: t.arg.string({ description: 'Part of any printed name.' }),
      },
      resolve: (_root, args, { catalogue }) => catalogue.partners(args),
    }),
  }));
}
