import type { GraphQLSchema } from 'graphql';
import { finishSchema } from '../../platform/graphql/index.ts';
import { addEnums, networksBuilder } from './builder.ts';
import { addFigure } from './figure.ts';
import { addMunicipality } from './municipality.ts';
import { addNetwork } from './network.ts';
import { addPartner } from './partner.ts';
import { addRefs } from './refs.ts';
import { addRegion } from './region.ts';
import { addRule } from './rule.ts';

export type { NetworksContext } from './builder.ts';

/** The networks subgraph's schema. Needs no database: one comes with each operation's context. */
export function networksSchema(): GraphQLSchema {
  const builder = networksBuilder();
  const refs = addRefs(builder);
  const enums = addEnums(builder);
  addRegion(builder, refs, enums);
  addMunicipality(builder, refs, enums);
  addNetwork(builder, refs, enums);
  addPartner(builder, refs, enums);
  addRule(builder, refs, enums);
  addFigure(builder, refs);
  return finishSchema(builder);
}
