import { costs, listOf } from '../../platform/graphql/index.ts';
import { experiences, type Experience } from '../domain/activation.ts';
import { unusedCards, type UnusedBand, type UnusedCards } from '../service/nudge.ts';
import type { CardsBuilder } from './builder.ts';
import type { FigureRef } from './figures.ts';

export function addNudge(builder: CardsBuilder, figure: FigureRef): void {
  const band = builder.objectRef<UnusedBand>('UnusedBand').implement({
    ...costs(0),
    fields: (t) => ({
      fromDays: t.exposeInt('fromDays', { description: 'Days since the last handover or renewal.' }),
      toDays: t.exposeInt('toDays', {
        nullable: true,
        description: 'The last day of the band; null for the open one.',
      }),
      cards: t.expose('cards', { type: figure }),
    }),
  });
  const experience = builder.objectRef<Experience>('Experience').implement({
    ...costs(0),
    fields: (t) => ({
      text: t.expose('text', { type: 'Text' }),
      source: t.exposeString('source'),
    }),
  });
  const unused = builder.objectRef<UnusedCards>('UnusedCards').implement({
    description: 'Cards that were handed over and never used: how many and for how long, never whose.',
    ...costs(5),
    fields: (t) => ({
      cards: t.expose('cards', { type: figure }),
      share: t.expose('share', { type: figure, description: 'Of the cards that are valid today.' }),
      bands: t.expose('bands', { ...listOf(4), type: [band] }),
      experiences: t.field({
        ...listOf(5),
        type: [experience],
        description: 'What documents say of other places. None of them measured an effect.',
        resolve: () => [...experiences],
      }),
    }),
  });
  builder.queryFields((t) => ({
    unusedCardsOfIssuer: t.field({
      type: unused,
      description: 'For the staff of that unit.',
      args: { issuerId: t.arg.id({ required: true }) },
      resolve: (_root, { issuerId }, context) => unusedCards(context, { kind: 'ISSUER', id: issuerId }),
    }),
    unusedCardsOfNetwork: t.field({
      type: unused,
      description: 'For its coordinator and the national centre.',
      args: { networkId: t.arg.id({ required: true }) },
      resolve: (_root, { networkId }, context) => unusedCards(context, { kind: 'NETWORK', id: networkId }),
    }),
  }));
}
