import { costs, listOf } from '../../platform/graphql/index.ts';
import { parseScope, type Figure, type FigureScope } from '../domain/figure.ts';
import { readableFigures, yearFigures } from '../service/figures.ts';
import type { CountFigures, MonthFigures, PartFigures, YearFigures } from '../service/figures.ts';
import type { CardsBuilder } from './builder.ts';

/** What reading one year's counters costs: a handful of indexed ranges. */
const figuresCost = 10;

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
export function addFigures(builder: CardsBuilder) {
  const unit = builder.enumType('FigureUnit', {
    description: 'SHARE: from 0 to 1. POINTS: of an answer from 0 to 10.',
    values: ['CARDS', 'SHARE', 'ANSWERS', 'POINTS'] as const,
  });
  const figure = builder.objectRef<Figure>('Figure').implement({
    description: 'A number that says what it counts, of whom, of when and since when.',
    ...costs(0),
    fields: (t) => ({
      value: t.exposeFloat('value', {
        nullable: true,
        description: 'Null: suppressed, or a share of nothing.',
      }),
      unit: t.expose('unit', { type: unit }),
      definition: t.expose('definition', { type: 'Text' }),
      scope: t.exposeString('scope', { description: '`issuer:<id>`, `network:<id>`, `nation`.' }),
      period: t.exposeString('period', { description: '`2026`, `2026-11`, or a day.' }),
      asOf: t.expose('asOf', { type: 'DateTime' }),
      source: t.exposeString('source'),
      suppressed: t.exposeBoolean('suppressed', {
        description:
          'Hidden: it would tell of 1 to 4 persons, by itself or together with the figures beside it. Nothing is hidden from those whose own work it is.',
      }),
    }),
  });

  const counts = builder.interfaceRef<CountFigures>('CardFigures').implement({
    fields: (t) => ({
      issued: t.expose('issued', { type: figure }),
      renewed: t.expose('renewed', { type: figure }),
      takenIntoUse: t.expose('takenIntoUse', { type: figure }),
      unused: t.expose('unused', { type: figure, description: 'Of the cards issued in this period.' }),
      unusedShare: t.expose('unusedShare', { type: figure }),
    }),
  });
  const month = builder.objectRef<MonthFigures>('MonthFigures').implement({
    interfaces: [counts],
    ...costs(0),
    fields: (t) => ({ month: t.exposeString('month', { description: '`2026-11`, in Helsinki.' }) }),
  });
  const part = builder.objectRef<PartFigures>('PartFigures').implement({
    interfaces: [counts],
    ...costs(0),
    fields: (t) => ({
      id: t.exposeID('id', { description: "A Partner's id in a network, a Network's in the nation." }),
      validNow: t.expose('validNow', { type: figure }),
    }),
  });

  const figures = builder.objectRef<YearFigures>('Figures').implement({
    description:
      'The figures of one year: an issuer’s for its own staff, its coordinator and the national centre, a network’s for its coordinator ' +
      'and the national centre, the nation’s for the national centre.',
    interfaces: [counts],
    ...costs(figuresCost),
    fields: (t) => ({
      scope: t.exposeString('key', { description: '`issuer:<id>`, `network:<id>`, `nation`.' }),
      year: t.exposeInt('year'),
      asOf: t.expose('asOf', { type: 'DateTime' }),
      validNow: t.expose('validNow', { type: figure, description: 'Today, whatever the year.' }),
      months: t.expose('months', {
        ...listOf(12),
        type: [month],
        nullable: true,
        description: 'Null for an issuer’s figures in other eyes than its own.',
      }),
      parts: t.expose('parts', {
        ...listOf(50),
        type: [part],
        description: 'A network’s issuers, or the nation’s networks. Empty for an issuer.',
      }),
    }),
  });
  builder.asEntity(figures, {
    key: builder.selection<{ scope: string; year: number }>('scope year'),
    resolveReference: async ({ scope: key, year }, context) => {
      const scope = parseScope(key);
      return scope && readableFigures(context, scope, year);
    },
  });

  const args = { year: 'A calendar year in Helsinki.' };
  builder.queryFields((t) => ({
    issuerFigures: t.field({
      type: figures,
      args: {
        issuerId: t.arg.id({ required: true }),
        year: t.arg.int({ required: true, description: args.year }),
      },
      resolve: (_root, { issuerId, year }, context) => yearFigures(context, issuerScope(issuerId), year),
    }),
    networkFigures: t.field({
      type: figures,
      args: {
        networkId: t.arg.id({ required: true }),
        year: t.arg.int({ required: true, description: args.year }),
      },
      resolve: (_root, { networkId, year }, context) => yearFigures(context, networkScope(networkId), year),
    }),
    nationFigures: t.field({
      type: figures,
      args: { year: t.arg.int({ required: true, description: args.year }) },
      resolve: (_root, { year }, context) => yearFigures(context, { kind: 'NATION' }, year),
    }),
  }));
  return figure;
}

function issuerScope(id: string): FigureScope {
  return { kind: 'ISSUER', id };
}

function networkScope(id: string): FigureScope {
  return { kind: 'NETWORK', id };
}

export type FigureRef = ReturnType<typeof addFigures>;
