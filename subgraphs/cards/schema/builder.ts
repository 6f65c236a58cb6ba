import { createBuilder, type Builder } from '../../platform/graphql/index.ts';
import type { CardsContext } from '../service/context.ts';

export type CardsBuilder = Builder<CardsContext>;

export function createCardsBuilder(): CardsBuilder {
  return createBuilder<CardsContext>();
}
