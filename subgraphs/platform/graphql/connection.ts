import type { ObjectRef } from '@pothos/core';
import { defaultPageSize, maxPageSize, totalOf, type Page } from '../pagination.ts';
import type { BaseContext, Builder, PlatformTypes } from './builder.ts';
import { costs } from './cost.ts';

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

type Types<Context extends BaseContext> = PothosSchemaTypes.ExtendDefaultTypes<PlatformTypes<Context>>;

export function addPageInfo<Context extends BaseContext>(builder: Builder<Context>): void {
  builder.objectType('PageInfo', {
    shareable: true,
    ...costs(0),
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage'),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
      startCursor: t.exposeString('startCursor', { nullable: true }),
      endCursor: t.exposeString('endCursor', { nullable: true }),
    }),
  });
}

/**
 * The Relay connection type of a node type. A resolver returns the `Page` that `readPage` gave, its items mapped to
 * nodes with `mapPage` where they are not the same. `total` describes a totalCount that is not the plain one.
 */
export function connection<Context extends BaseContext, Node>(
  builder: Builder<Context>,
  name: string,
  node: ObjectRef<Types<Context>, Node>,
  total = 'How many there are on all pages.',
): ObjectRef<Types<Context>, Page<Node>> {
  const edge = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type: node, resolve: (parent) => parent.node as never }),
    }),
  });
  return builder.objectRef<Page<Node>>(`${name}Connection`).implement({
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        resolve: ({ items, cursors }) => items.map((item, i) => ({ node: item, cursor: cursors[i] ?? '' })),
      }),
      nodes: t.field({ type: [node], resolve: ({ items }) => items as never }),
      pageInfo: t.field({
        type: 'PageInfo',
        resolve: ({ cursors, hasNextPage, hasPreviousPage }) => ({
          hasNextPage,
          hasPreviousPage,
          startCursor: cursors[0] ?? null,
          endCursor: cursors.at(-1) ?? null,
        }),
      }),
      totalCount: t.int({
        description: total,
        ...costs(1),
        resolve: (page) => totalOf(page),
      }),
    }),
  }) as ObjectRef<Types<Context>, Page<Node>>;
}

/** `first` and `after`. For `args: { ...pageArgs(t), … }`. */
export function pageArgs<Context extends BaseContext>(
  t: Pick<PothosSchemaTypes.QueryFieldBuilder<Types<Context>, object>, 'arg'>,
) {
  return {
    first: t.arg.int({ defaultValue: defaultPageSize, description: `At most ${maxPageSize}.` }),
    after: t.arg.string({ description: 'The endCursor of the page before.' }),
  };
}
