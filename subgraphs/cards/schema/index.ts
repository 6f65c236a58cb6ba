import type { GraphQLSchema } from 'graphql';
import { finishSchema } from '../../platform/graphql/index.ts';
import { createCardsBuilder } from './builder.ts';
import { addAccount } from './account.ts';
import { addCard } from './card.ts';
import { addFigures } from './figures.ts';
import { addHolder } from './holder.ts';
import { addMobile } from './mobile.ts';
import { addNudge } from './nudge.ts';
import { addPartner } from './partner.ts';
import { addPresentation } from './presentation.ts';
import { addRegister } from './register.ts';
import { addWellbeing } from './wellbeing.ts';

/** The schema of cards. It needs no database: the context brings everything. */
export function cardsSchema(): GraphQLSchema {
  const builder = createCardsBuilder();
  builder.mutationType({});
  const card = addCard(builder);
  addPresentation(builder, card);
  addMobile(builder);
  addRegister(builder, card);
  addHolder(builder, card);
  addAccount(builder, card);
  addPartner(builder);
  addNudge(builder, addFigures(builder));
  addWellbeing(builder);
  return finishSchema(builder);
}
