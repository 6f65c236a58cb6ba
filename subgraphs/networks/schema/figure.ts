import { pageArgs } from '../../platform/graphql/index.ts';
import type { NetworksBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addFigure(builder: NetworksBuilder, refs: Refs): void {
  refs.figure.implement({
    description: 'A figure as a document prints it, also where printed totals disagree.',
    fields: (t) => ({
      id: t.exposeID('id'),
      metric: t.exposeString('metric'),
      scope: t.exposeString('scope', { description: 'Whom it is about, as printed.' }),
      partner: t.field({
        type: refs.partner,
        nullable: true,
        resolve: (figure, _args, { catalogue }) =>
          figure.partnerId === null ? null : catalogue.partner(figure.partnerId),
      }),
      period: t.exposeString('period', {
        nullable: true,
        description: '`2024` or `2025-01/2025-08`; null where the document gives none.',
      }),
      value: t.exposeFloat('value'),
      unit: t.exposeString('unit'),
      precision: t.exposeString('precision', {
        nullable: true,
        description: 'As printed: `exact`, `almost`, `over`.',
      }),
      asOf: t.exposeString('asOf', { nullable: true }),
      note: t.exposeString('note', { nullable: true }),
      source: t.exposeString('source'),
    }),
  });
  builder.queryField('publishedFigures', (t) =>
    t.field({
      type: refs.figures,
      description: 'In the order of the documents.',
      args: { ...pageArgs(t), metric: t.arg.string() },
      resolve: (_root, args, { catalogue }) => catalogue.publishedFigures(args),
    }),
  );
}
