import { listOf, pageArgs, viewerIndependent } from '../../platform/graphql/index.ts';
import type { Enums, NetworksBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addNetwork(builder: NetworksBuilder, refs: Refs, enums: Enums): void {
  refs.network.implement({
    description:
      'A local partnership of issuers and venues in one or more municipalities. A network is not a region.',
    fields: (t) => ({
      id: t.exposeID('id', viewerIndependent),
      name: t.expose('name', { ...viewerIndependent, type: 'Text' }),
      lifecycle: t.field({
        ...viewerIndependent,
        type: enums.lifecycle,
        resolve: (network, _args, { catalogue }) => catalogue.lifecycleOfNetwork(network.id),
      }),
      municipalities: t.field({
        ...listOf(20),
        type: [refs.municipality],
        resolve: async (network, _args, { catalogue }) => [
          ...(await catalogue.municipalitiesOfNetwork(network.id)),
        ],
      }),
      partners: t.field({
        type: refs.partners,
        args: { ...pageArgs(t), role: t.arg({ type: enums.partnerRole }) },
        resolve: (network, args, { catalogue }) => catalogue.partnersOfNetwork(network.id, args),
      }),
      rules: t.field({
        ...listOf(50),
        type: [refs.rule],
        description:
          'The rules that reach into it, of any status: the nation’s, its region’s, its own and its venues’.',
        resolve: (network, _args, { catalogue }) => catalogue.rules({ networkId: network.id }),
      }),
    }),
  });
  builder.asEntity(refs.network, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { catalogue }) => catalogue.network(id),
  });
  builder.queryFields((t) => ({
    network: t.field({
      type: refs.network,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { catalogue }) => catalogue.network(id),
    }),
    networks: t.field({
      type: refs.networks,
      description: 'In Finnish alphabetical order.',
      args: { ...pageArgs(t), search: t.arg.string({ description: 'Part of a name in any language.' }) },
      resolve: (_root, args, { catalogue }) => catalogue.networks(args),
    }),
  }));
}
