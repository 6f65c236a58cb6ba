import { listOf } from '../../platform/graphql/index.ts';
import type { Enums, NetworksBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addRegion(builder: NetworksBuilder, refs: Refs, enums: Enums): void {
  refs.region.implement({
    description: 'A heading under which the documents list municipalities.',
    fields: (t) => ({
      id: t.exposeID('id'),
      name: t.expose('name', { type: 'Text' }),
      printedAs: t.exposeString('printedAs'),
      kind: t.expose('kind', { type: enums.regionKind }),
      officialRegion: t.field({
        type: refs.region,
        nullable: true,
        description: 'The official region; itself when the heading is one, null abroad.',
        resolve: (region, _args, { catalogue }) =>
          region.officialRegionId === null ? null : catalogue.region(region.officialRegionId),
      }),
      basis: t.exposeString('basis', { description: 'Why we read the heading so.' }),
    }),
  });
  refs.county.implement({
    description: 'A wellbeing services county, where the documents make it known.',
    fields: (t) => ({
      id: t.exposeID('id'),
      name: t.expose('name', { type: 'Text' }),
      inferred: t.exposeBoolean('inferred', { description: 'True when no document prints the name itself.' }),
      basis: t.exposeString('basis'),
      source: t.exposeString('source'),
    }),
  });
  builder.queryField('regions', (t) =>
    t.field({
      ...listOf(30),
      type: [refs.region],
      resolve: (_root, _args, { catalogue }) => catalogue.regions(),
    }),
  );
}
