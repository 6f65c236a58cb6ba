import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import FederationPlugin from '@pothos/plugin-federation';
import type { GraphQLSchema } from 'graphql';
import type { Language, PickedText, Text } from '../text.ts';
import type { IsoInstant, LocalDate } from '../units.ts';
import type { Viewer } from '../viewer.ts';
import { addScalars } from './scalars.ts';
import { addText } from './text-type.ts';
import { withLiveDirectives } from './live-directives.ts';
import { addPageInfo, type PageInfo } from './connection.ts';
import { listSizePlugin } from './list-size.ts';

/** What every resolver of every subgraph finds in its context; each subgraph adds its database and loaders. */
export interface BaseContext {
  readonly viewer: Viewer;
  readonly requestId: string;
}

export interface PlatformTypes<Context extends BaseContext> {
  Context: Context;
  /** A field is non-null unless it says `nullable: true`. */
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: IsoInstant; Output: IsoInstant };
    Date: { Input: LocalDate; Output: LocalDate };
  };
  Objects: { Text: Text; PickedText: PickedText; PageInfo: PageInfo };
  Enums: { Language: Language };
}

export type Builder<Context extends BaseContext> = ReturnType<typeof createBuilder<Context>>;

/** A schema builder with what all subgraphs share: federation, DateTime and Date, texts in three languages, paging. */
// The inferred type carries Pothos' plugins: written out it would have to be repeated at every change of them.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
export function createBuilder<Context extends BaseContext>() {
  const builder = new SchemaBuilder<PlatformTypes<Context>>({
    // The federation plugin silently loses every @key unless the directives plugin is listed too.
    plugins: [listSizePlugin, DirectivesPlugin, FederationPlugin],
    defaultFieldNullability: false,
  });
  addScalars(builder);
  addText(builder);
  addPageInfo(builder);
  builder.queryType({});
  return builder;
}

/** The finished subgraph schema, with `_entities` and `_service`. */
export function finishSchema<Context extends BaseContext>(builder: Builder<Context>): GraphQLSchema {
  return builder.toSubGraphSchema({
    ...withLiveDirectives,
    linkUrl: 'https://specs.apollo.dev/federation/v2.9',
    federationDirectives: ['@key', '@shareable', '@external', '@requires', '@provides', '@cost', '@listSize'],
  });
}
