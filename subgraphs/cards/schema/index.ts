import type { GraphQLSchema } from 'graphql';
import { finishSchema } from '../../platform/graphql/index.ts';
import { createCardsBuilder } from './builder.ts';
import { addCard } from './card.ts';
import { addPartner } from './partner.ts';
import { addPresentation } from './presentation.ts';

/** The schema of cards. It needs no database: the context brings everything. */
export function cardsSchema(): GraphQLSchema {
  const builder = createCardsBuilder();
  builder.mutationType({});
  addPresentation(builder, addCard(builder));
  addPartner(builder);
  return finishSchema(builder);
}
