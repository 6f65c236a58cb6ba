import { costs } from '../../platform/graphql/index.ts';
import type { Spread } from '../domain/wellbeing.ts';
import { pooledWellbeing, type Asked, type WellbeingFigures } from '../service/pooled-wellbeing.ts';
import type { CardsBuilder } from './builder.ts';

export function addWellbeing(builder: CardsBuilder): void {
  const spread = builder.objectRef<Spread>('WellbeingSpread').implement({
    description: 'Ten answers or more, read together. Least and greatest are one person’s and are not given.',
    ...costs(0),
    fields: (t) => ({
      answers: t.exposeInt('answers'),
      mean: t.exposeFloat('mean'),
      standardDeviation: t.exposeFloat('standardDeviation'),
      lowerQuartile: t.exposeFloat('lowerQuartile'),
      median: t.exposeFloat('median'),
      upperQuartile: t.exposeFloat('upperQuartile'),
    }),
  });
  const change = builder.objectRef<Spread>('WellbeingChange').implement({
    description: 'Satisfaction at renewal less that of the same holder’s first answer, from -10 to 10.',
    ...costs(0),
    fields: (t) => ({
      answers: t.exposeInt('answers'),
      mean: t.exposeFloat('mean'),
      standardDeviation: t.exposeFloat('standardDeviation'),
      lowerQuartile: t.exposeFloat('lowerQuartile'),
      median: t.exposeFloat('median'),
      upperQuartile: t.exposeFloat('upperQuartile'),
      improved: t.exposeFloat('improved', { description: 'Share of changes above nought, from 0 to 1.' }),
    }),
  });
  const asked = builder.objectRef<Asked>('WellbeingAsked').implement({
    description: 'Null where either number is from 1 to 4.',
    ...costs(0),
    fields: (t) => ({
      answered: t.exposeInt('answered', { nullable: true }),
      declined: t.exposeInt('declined', { nullable: true }),
    }),
  });
  const figures = builder.objectRef<WellbeingFigures>('WellbeingFigures').implement({
    description:
      'Pooled answers of a year, as they become readable: ten at a time. A question with fewer is null. A network with fewer is not ' +
      'in the nation’s either. Declining leaves no more than a count.',
    ...costs(5),
    fields: (t) => ({
      scope: t.exposeString('scope', { description: '`network:<id>` or `nation`.' }),
      year: t.exposeInt('year'),
      asOf: t.expose('asOf', { type: 'DateTime' }),
      first: t.field({
        type: spread,
        nullable: true,
        description: '"How satisfied are you at the moment with your life overall?" 0–10, at issue.',
        resolve: ({ spreads }) => spreads.FIRST,
      }),
      renewal: t.field({
        type: spread,
        nullable: true,
        description: 'The same question at renewal.',
        resolve: ({ spreads }) => spreads.RENEWAL,
      }),
      change: t.field({ type: change, nullable: true, resolve: ({ spreads }) => spreads.CHANGE }),
      increased: t.field({
        type: spread,
        nullable: true,
        description: '"The card has increased my wellbeing", 0–10, at renewal.',
        resolve: ({ spreads }) => spreads.INCREASED,
      }),
      askedAtIssue: t.expose('askedAtIssue', { type: asked }),
      askedAtRenewal: t.expose('askedAtRenewal', { type: asked }),
    }),
  });
  builder.queryFields((t) => ({
    networkWellbeing: t.field({
      type: figures,
      description: 'For its coordinator and the national centre.',
      args: { networkId: t.arg.id({ required: true }), year: t.arg.int({ required: true }) },
      resolve: (_root, { networkId, year }, context) =>
        pooledWellbeing(context, { kind: 'NETWORK', id: networkId }, year),
    }),
    nationWellbeing: t.field({
      type: figures,
      description: 'For the national centre.',
      args: { year: t.arg.int({ required: true }) },
      resolve: (_root, { year }, context) => pooledWellbeing(context, { kind: 'NATION' }, year),
    }),
  }));
}
